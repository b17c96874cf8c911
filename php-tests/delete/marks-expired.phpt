--TEST--
delete() and fileDelete() mark the file expired; its bytes stay, and a second time changes nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'bytes', 'image', 'image/png', 1000);
put('var/b', 'bytes', mtime: 1000);
put('var/zero', 'bytes', mtime: 0);
$a = new eZDBFileHandler('var/a');
foreach ([1, 2] as $time) {
    show('delete', [$a->delete(), entry('var/a'), $a->exists(), $a->fetchContents()]);
    show('fileDelete', [$a->fileDelete('var/b'), entry('var/b')['mtime'], $a->fileExists('var/b')]);
}
show('mtime', $a->mtime());
show('mtime 0', [$a->fileDelete('var/zero'), entry('var/zero')['mtime'] < 0, $a->fileExists('var/zero')]);
?>
--EXPECT--
delete: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 5, 'mtime' => -1000], false, 'bytes']
fileDelete: [true, -1000, false]
delete: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 5, 'mtime' => -1000], false, 'bytes']
fileDelete: [true, -1000, false]
mtime: -1000
mtime 0: [true, true, false]
