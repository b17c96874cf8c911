--TEST--
On the seed's tables in a latin1 database a name is held as it is or refused, never changed
--SKIPIF--
<?php
if ((getenv('EZDB_TEST_TABLES') ?: 'seed') !== 'seed') die('skip for the tables of the seed document');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
db()->query('ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci');
create_seed_tables();
$handler = new eZDBFileHandler();
foreach (["var/plain", "var/caf\u{E9}", "var/\u{4E2D}\u{6587}", "var/\u{1F600}", "var/caf\xe9"] as $i => $name) {
    $stored = $handler->fileStoreContents($name, "bytes $i");
    $said = warnings();
    $right = $stored
        ? $handler->fileFetchContents($name) === "bytes $i" && $handler->fileExists($name) && (new eZDBFileHandler($name))->metaData['name'] === $name
            && $handler->getFileList(false, false, false, $name) === [$name] && !$handler->fileExists('var/cafe') && $handler->fileDelete($name) && !$handler->fileExists($name)
        : count($said) === 1 && !$handler->fileExists($name);
    warnings();
    show("name $i", $right);
}
show('no question marks', [array_filter(array_merge(live(), expired()), static fn ($name) => str_contains($name, '?')), $handler->fileExists('var/plain')]);
?>
--EXPECT--
name 0: true
name 1: true
name 2: true
name 3: true
name 4: true
no question marks: [[], false]
