--TEST--
saveToTmpFile() writes the bytes to a new file and returns its path
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a/b.txt', ['some ', 'bytes']);
put('var/empty', '');
$one = eZDBFile::saveToTmpFile('var/a/b.txt');
$two = eZDBFile::saveToTmpFile('var/a/b.txt');
$empty = eZDBFile::saveToTmpFile('var/empty');
show('bytes', [file_get_contents($one), file_get_contents($two), file_get_contents($empty)]);
show('different', count(array_unique([$one, $two, $empty])));
show('not the local copy', local_bytes('var/a/b.txt'));
array_map('unlink', [$one, $two, $empty]);
show('tree', array_filter(tree(), 'is_file'));
?>
--EXPECT--
bytes: ['some bytes', 'some bytes', '']
different: 3
not the local copy: null
tree: []
