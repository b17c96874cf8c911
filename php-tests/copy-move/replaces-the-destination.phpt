--TEST--
Copy and move replace a file that is there, live or expired, with all its data
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 3]);
$handler = new eZDBFileHandler();
$ways = ['fileCopy' => [], 'fileLinkCopy' => [true], 'fileMove' => [], 'move' => []];
foreach ($ways as $way => $more) {
    foreach ([2000000000, -1000] as $mtime) {
        db()->query('DELETE FROM ezdbfile');
        db()->query('DELETE FROM ezdbfile_data');
        put('var/dst', ['the ', 'old ', 'and ', 'long ', 'one'], 'old', 'old/type', $mtime);
        put('var/src', ['n', 'ew'], 'image', 'image/png', 1000);
        $returned = $way === 'move' ? (new eZDBFileHandler('var/src'))->move('var/dst') : $handler->$way('var/src', 'var/dst', ...$more);
        show("$way over $mtime", [$returned, entry('var/dst'), bytes_of('var/dst'), $handler->fileExists('var/dst'), $handler->fileExists('var/src')]);
        show('whole tables', [chunk_count(), faults()]);
    }
}
?>
--EXPECT--
fileCopy over 2000000000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, true]
whole tables: [4, []]
fileCopy over -1000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, true]
whole tables: [4, []]
fileLinkCopy over 2000000000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, true]
whole tables: [4, []]
fileLinkCopy over -1000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, true]
whole tables: [4, []]
fileMove over 2000000000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, false]
whole tables: [2, []]
fileMove over -1000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, false]
whole tables: [2, []]
move over 2000000000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, false]
whole tables: [2, []]
move over -1000: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 3, 'mtime' => 1000], 'new', true, false]
whole tables: [2, []]
