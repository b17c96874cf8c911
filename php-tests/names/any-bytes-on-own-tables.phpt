--TEST--
Every byte string without NUL is a name on the tables of ezdbfile_install()
--SKIPIF--
<?php
if (!str_ends_with((string)getenv('EZDB_TEST_TABLES'), 'install')) die('skip for the tables of ezdbfile_install()');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
$names = ["var/\xff\xfe.txt", "var/\xe2\x82", "var/caf\xe9", "var/caf\xc9", "var/\x80\x81/x", 'var/' . implode('', array_map('chr', array_diff(range(1, 255), [47, 92])))];
foreach ($names as $name) {
    $handler->fileStoreContents($name, "bytes of $name");
}
show('rows', [count(live()), array_diff($names, live()), faults()]);
foreach ($names as $name) {
    $object = new eZDBFileHandler($name);
    $bytes = "bytes of $name";
    $checks = [
        $object->fetchContents() === $bytes, $object->exists(), $object->metaData['name'] === $name, strlen($name) > 250 || local_bytes($object->fetch()) === $bytes,
        $handler->getFileList(false, false, false, $name) === [$name], $handler->fileCopy($name, "$name.copy"), bytes_of("$name.copy") === $bytes,
        $handler->fileMove("$name.copy", "$name.moved"), bytes_of("$name.moved") === $bytes,
        strlen($name) > 250 ? $handler->fileDelete("$name.moved") : $handler->fileDeleteByWildcard("$name.*"),
        expired() === ["$name.moved"],
        db()->query('DELETE FROM ezdbfile WHERE mtime < 0'),
    ];
    if (in_array(false, $checks, true)) {
        show($name, $checks);
    }
}
$handler->fileDelete("var/caf\xe9");
$handler->fileDeleteByRegex('var', '.*\.txt$');
$handler->fileDelete("var/\x80\x81");
show('expired', expired());
?>
--EXPECT--
rows: [6, [], []]
expired: ['var/caf\xe9', 'var/\x80\x81/x', 'var/\xff\xfe.txt']
