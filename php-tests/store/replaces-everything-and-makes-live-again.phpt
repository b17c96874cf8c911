--TEST--
Storing replaces bytes, scope, datatype, size and mtime, and an expired file is live again
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 4]);
$handler = new eZDBFileHandler();
foreach ([1000, -1000] as $mtime) {
    put('var/a', 'the old and long contents', 'oldscope', 'old/type', $mtime);
    local('var/a', 'new', 500);
    show('fileStore', $handler->fileStore('var/a', 'image', false, 'image/png'));
    show('row', entry('var/a'));
    show('exists', [$handler->fileExists('var/a'), bytes_of('var/a'), faults()]);

    put('var/b', 'the old and long contents', 'oldscope', 'old/type', $mtime);
    $before = time();
    show('fileStoreContents', $handler->fileStoreContents('var/b', 'new', 'image', 'image/png'));
    $row = entry('var/b');
    show('mtime is now', $row['mtime'] >= $before && $row['mtime'] <= time());
    unset($row['mtime']);
    show('row', $row);
    show('exists', [$handler->fileExists('var/b'), bytes_of('var/b'), faults()]);
}
?>
--EXPECT--
fileStore: true
row: ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 500]
exists: [true, 'new', []]
fileStoreContents: true
mtime is now: true
row: ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3]
exists: [true, 'new', []]
fileStore: true
row: ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 500]
exists: [true, 'new', []]
fileStoreContents: true
mtime is now: true
row: ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3]
exists: [true, 'new', []]
