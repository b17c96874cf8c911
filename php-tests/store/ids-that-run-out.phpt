--TEST--
When the seed's keys run out a store is refused and the old file stays
--SKIPIF--
<?php
if ((getenv('EZDB_TEST_TABLES') ?: 'seed') !== 'seed') die('skip for the tables of the seed document');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 2]);
put('var/a', 'old');
db()->query('ALTER TABLE ezdbfile_data AUTO_INCREMENT = 16777214');
$handler = new eZDBFileHandler('var/a');
refused('data', static fn () => $handler->storeContents('abcdef'), 'var/a');
show('old', [$handler->fetchContents(), faults(), unlocked()]);
db()->query('ALTER TABLE ezdbfile AUTO_INCREMENT = 16777215');
show('last', $handler->fileStoreContents('var/last', ''));
refused('metadata', static fn () => $handler->storeContents(''), 'var/a');
show('old', [$handler->fetchContents(), faults(), unlocked()]);
?>
--EXPECT--
data: refused
old: ['old', [], true]
last: true
metadata: refused
old: ['old', [], true]
