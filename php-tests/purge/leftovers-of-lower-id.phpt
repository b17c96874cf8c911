--TEST--
Older rows of a name go with the newest one and never come back as the file
--SKIPIF--
<?php
if (str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows have ids');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'leftover, live', mtime: 1000);
put('var/a', 'newest, expired', mtime: -2000);
$handler = new eZDBFileHandler('var/a');
$counts = [];
$handler->purge(static function ($path, $count) use (&$counts) {
    $counts[] = $count;
}, false, 1);
show('both gone', [value('SELECT COUNT(*) FROM ezdbfile'), faults(), $handler->exists(), array_sum($counts) > 0]);

put('var/a', 'leftover, expired', mtime: -1000);
put('var/a', 'newest, live', mtime: 2000);
$handler->purge();
show('the file stays', [live(), expired(), $handler->fetchContents(), $handler->exists(), faults()]);

put('var/b', 'leftover, old', mtime: 1000);
put('var/b', 'newest, young', mtime: 2000);
(new eZDBFileHandler('var/b'))->purge(false, false, false, 1500);
show('by age', [bytes_of('var/b'), $handler->fileExists('var/b')]);
put('var/c', 'leftover, young', mtime: 2000);
put('var/c', 'newest, old', mtime: 1000);
(new eZDBFileHandler('var/c'))->purge(false, false, false, 1500);
show('by age', [bytes_of('var/c'), $handler->fileExists('var/c')]);
?>
--EXPECT--
both gone: [0, [], false, true]
the file stays: [['var/a'], [], 'newest, live', true, []]
by age: ['newest, young', true]
by age: [null, false]
