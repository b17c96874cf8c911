--TEST--
What the extension does to local copies is seen by PHP, whatever it remembers of the files
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$look = static fn () => [file_exists('var/a'), is_file('var/a') ? filesize('var/a') : null, is_file('var/a') ? filemtime('var/a') : null];
$handler = new eZDBFileHandler('var/a');
$handler->processCache(null, generate(['binarydata' => 'one']));
touch('var/a', 1000);
show('remembered', $look());
$handler->processCache(retrieve(), never());
$entry = entry('var/a');
show('fetched by processCache', $look() === [true, 3, $entry['mtime']]);
$handler->processCache(null, generate(['binarydata' => 'longer']));
show('stored', $look()[1]);
put('var/a', 'of another node', mtime: 2000);
$handler->fetch();
show('fetched', $look());
$handler->storeContents('x', 'test', 'x', true);
show('stored by hand', $look()[1]);
$handler->deleteLocal();
show('deleted', $look());
$handler->fetch();
show('fetched again', $look()[1]);
$handler->fileStore('var/a', 'test', true);
show('stored and deleted', $look());
$handler->fetch();
$look();
$handler->delete();
$handler->purge();
show('purged', $look());
?>
--EXPECT--
remembered: [true, 3, 1000]
fetched by processCache: true
stored: 6
fetched: [true, 15, 2000]
stored by hand: 1
deleted: [false, null, null]
fetched again: 1
stored and deleted: [false, null, null]
purged: [false, null, null]
