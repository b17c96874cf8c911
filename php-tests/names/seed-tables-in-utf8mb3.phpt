--TEST--
On the seed's tables in a three-byte UTF-8 database 4-byte names are refused, shorter ones held
--SKIPIF--
<?php
if ((getenv('EZDB_TEST_TABLES') ?: 'seed') !== 'seed') die('skip for the tables of the seed document');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
db()->query('ALTER DATABASE CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci');
create_seed_tables();
$handler = new eZDBFileHandler();
foreach (["var/caf\u{E9}", "var/\u{4E2D}\u{6587}"] as $name) {
    show('held', [$handler->fileStoreContents($name, 'x'), $handler->fileFetchContents($name), $handler->getFileList(false, false, false, $name) === [$name]]);
}
refused('4 bytes', static fn () => $handler->fileStoreContents("var/\u{1F600}", 'x'), 'var/', '/character|utf|hold/i');
show('asked', [$handler->fileExists("var/\u{1F600}"), count(live())]);
warnings();
?>
--EXPECT--
held: [true, 'x', true]
held: [true, 'x', true]
4 bytes: refused
asked: [false, 2]
