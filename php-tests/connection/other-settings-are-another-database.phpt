--TEST--
Changed settings count at the next operation; each database keeps its own files and memory
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$first = ini_get('ezdbfile.database');
$handler = new eZDBFileHandler('var/a');
$handler->storeContents('in the first');
show('first', [$handler->fetchContents(), $handler->size()]);
$second = new_database();
by_hash() ? create_hash_tables() : create_seed_tables();
ini_set('ezdbfile.database', $second);
show('second', [$handler->exists(), ezdbfile_status()['database'] === $second]);
(new eZDBFileHandler('var/b'))->storeContents('in the second');
$handler->storeContents('a of the second');
show('second', [$handler->fetchContents(), $handler->size(), live()]);
ini_set('ezdbfile.database', $first);
show('first again', [$handler->fetchContents(), $handler->size(), $handler->fileExists('var/b')]);
use_database($first);
show('rows of the first', live());
?>
--EXPECT--
first: ['in the first', 12]
second: [false, true]
second: ['a of the second', 15, ['var/a', 'var/b']]
first again: ['in the first', 12, false]
rows of the first: ['var/a']
