--TEST--
A claim is a row beside the file; its end moves what was stored there to the file
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put('var/a', 'old', 'old', 'old', 1000);
$handler = new eZDBFileHandler('var/a');
$before = server_time();
show('claimed', [$handler->startCacheGeneration(), state($handler), $handler->name()]);
$row = rows("SELECT datatype, size, mtime FROM ezdbfile WHERE name = 'var/a.generating'")[0];
show('row', [$row['datatype'], $row['mtime'] >= $before - 1 && $row['mtime'] <= server_time() + 1]);
show('file', [bytes_of('var/a'), entry('var/a')]);
show('stored', [$handler->storeContents('new bytes', 'new', 'new/type'), bytes_of('var/a'), bytes_of('var/a.generating'), state($handler)]);
show('still mine', $handler->checkCacheGenerationTimeout());
show('stored again', [$handler->fileStoreContents($handler->filePath, 'newer bytes', 'newer', 'newer/type'), bytes_of('var/a')]);
show('end', [$handler->endCacheGeneration(), state($handler), claims(), bytes_of('var/a')]);
$entry = entry('var/a');
show('new', [$entry['datatype'], $entry['scope'], $entry['size'], $entry['mtime'] >= $before - 1, $handler->size(), $handler->exists()]);
show('end again', [$handler->endCacheGeneration(), $handler->abortCacheGeneration(), $handler->checkCacheGenerationTimeout()]);
show('rows', [live(), faults(), unlocked()]);
?>
--EXPECT--
claimed: [true, ['var/a.generating', 'var/a'], 'var/a.generating']
row: ['ezdbfile/claim', true]
file: ['old', ['datatype' => 'old', 'scope' => 'old', 'size' => 3, 'mtime' => 1000]]
stored: [true, 'old', 'new bytes', ['var/a.generating', 'var/a']]
still mine: true
stored again: [true, 'old']
end: [true, ['var/a', null], [], 'newer bytes']
new: ['newer/type', 'newer', 11, true, 11, true]
end again: [false, false, false]
rows: [['var/a'], [], true]
