--TEST--
Chunks of any size, in the order of their ids, and an empty file with one empty chunk are read
--SKIPIF--
<?php
if (str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows have ids');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster(['chunk_size' => 5]);
put('var/mixed', ['a', '', 'bcdefghijkl', 'mn', str_repeat('o', 60000)]);
put('var/empty', ['']);
$id = put_row('var/unordered', [], ['size' => 9]);
foreach ([[900, 'ghi'], [700, 'abc'], [800, 'def']] as [$key, $chunk]) {
    db()->query("INSERT INTO ezdbfile_data (id, masterid, filedata) VALUES ($key, $id, '$chunk')");
}
$expected = ['var/mixed' => 'abcdefghijklmn' . str_repeat('o', 60000), 'var/empty' => '', 'var/unordered' => 'abcdefghi'];
foreach ($expected as $name => $bytes) {
    $handler = new eZDBFileHandler($name);
    ob_start();
    $passed = $handler->passthrough();
    $all = [$passed, ob_get_clean() === $bytes, $handler->fetchContents() === $bytes, local_bytes($handler->fetch()) === $bytes, local_bytes($handler->fetchUnique()) === $bytes];
    show($name, $all);
}
ob_start();
(new eZDBFileHandler('var/unordered'))->passthrough(2, 5);
show('part', ob_get_clean());
?>
--EXPECT--
var/mixed: [true, true, true, true, true]
var/empty: [true, true, true, true, true]
var/unordered: [true, true, true, true, true]
part: 'cdefg'
