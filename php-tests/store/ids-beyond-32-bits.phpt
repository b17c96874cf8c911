--TEST--
Keys beyond 32 bits work in every operation on the tables of ezdbfile_install()
--SKIPIF--
<?php
if (getenv('EZDB_TEST_TABLES') !== 'install') die('skip for the tables of ezdbfile_install()');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 2]);
db()->query('ALTER TABLE ezdbfile AUTO_INCREMENT = 5000000000');
db()->query('ALTER TABLE ezdbfile_data AUTO_INCREMENT = 6000000000');
$handler = new eZDBFileHandler('var/a');
$handler->storeContents('abcde');
show('id', [$handler->metaData['id'], column('SELECT DISTINCT masterid FROM ezdbfile_data')]);
show('read', [$handler->fetchContents(), local_bytes($handler->fetch())]);
show('copy and move', [$handler->fileCopy('var/a', 'var/b'), $handler->fileMove('var/b', 'var/c'), bytes_of('var/c'), $handler->fileFetchContents('var/c')]);
$handler->storeContents('fgh');
show('replaced', [$handler->fetchContents(), local_bytes($handler->fetch()), faults()]);
$handler->fileDelete('var');
(new eZDBFileHandler('var'))->purge();
show('purged', [value('SELECT COUNT(*) FROM ezdbfile'), value('SELECT COUNT(*) FROM ezdbfile_data')]);
?>
--EXPECT--
id: [5000000000, [5000000000]]
read: ['abcde', 'abcde']
copy and move: [true, true, 'abcde', 'abcde']
replaced: ['fgh', 'fgh', []]
purged: [0, 0]
