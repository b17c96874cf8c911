--TEST--
What is stored, expired, moved and generated is in the rows as handlers of eZ Publish 4.x look for it
--SKIPIF--
<?php
if (!str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows are kept by hashes');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 10]);
/* What they see: the row, and the bytes in order of their offsets. */
$seen = static fn (string $name) => [
    rows('SELECT name, name_trunk, datatype, scope, size, mtime, expired FROM ezdbfile WHERE name_hash = MD5(' . literal($name) . ')'),
    implode('', column('SELECT filedata FROM ezdbfile_data WHERE name_hash = MD5(' . literal($name) . ') ORDER BY `offset`')),
];
$handler = new eZDBFileHandler();
$view = 'var/p/cache/content/eng/2/full-17-a.cache';
$block = 'var/p/cache/template-block/subtree/2/cache/1/2.cache';
local($view, 'twenty-five bytes of view', 1234567890);
$handler->fileStore($view, 'viewcache', true, 'misc');
show('stored', $seen($view));
show('offsets', array_slice(column('SELECT `offset` FROM ezdbfile_data ORDER BY `offset`'), 0, 3));
$handler->fileDelete($view);
show('expired', $seen($view)[0][0]['mtime'] . ', ' . $seen($view)[0][0]['expired']);
$handler->fileStoreContents($view, 'live again', 'viewcache', 'misc');
show('live again', $seen($view)[0][0]['mtime'] > 0 && $seen($view)[0][0]['expired'] === 0);
$handler->fileStoreContents($block, '', 'template-block', 'misc');
show('an empty block', [$seen($block)[0][0]['name_trunk'], $seen($block)[1], chunk_lengths($block)]);
$handler->fileCopy($block, 'var/p/x');
show('copied', $seen('var/p/x')[0][0]['name_trunk']);
$handler->fileMove($view, 'var/p/cache/content/eng/2/line-1.cache');
show('moved', [$seen($view), $seen('var/p/cache/content/eng/2/line-1.cache')[0][0]['name_trunk'], $seen('var/p/cache/content/eng/2/line-1.cache')[1]]);
$made = new eZDBFileHandler($view);
$made->processCache(null, static function ($path) use ($seen, $view) {
    show('while it is made', array_diff_key($seen($path)[0][0], ['scope' => 0, 'mtime' => 0]));
    return ['binarydata' => 'made just now', 'scope' => 'viewcache', 'datatype' => 'misc'];
});
show('made', [$seen($view)[0][0]['name_trunk'], $seen($view)[1], claims()]);
if (tables() === 'hash') {
    db()->query('UPDATE ezdbfile SET status = 7');
    $handler->fileStoreContents($view, 'new', 'viewcache', 'misc');
    $handler->fileDelete($view);
}
show('status is left alone', tables() !== 'hash' || column('SELECT DISTINCT status FROM ezdbfile') === [7]);
show('faults', faults());
?>
--EXPECT--
stored: [[['name' => 'var/p/cache/content/eng/2/full-17-a.cache', 'name_trunk' => 'var/p/cache/content/eng/2/full-', 'datatype' => 'misc', 'scope' => 'viewcache', 'size' => 25, 'mtime' => 1234567890, 'expired' => 0]], 'twenty-five bytes of view']
offsets: [0, 10, 20]
expired: '-1234567890, 1'
live again: true
an empty block: ['var/p/cache/template-block/subtree/2/cache/', '', []]
copied: 'var/p/x'
moved: [[[], ''], 'var/p/cache/content/eng/2/line-', 'live again']
while it is made: ['name' => 'var/p/cache/content/eng/2/full-17-a.cache.generating', 'name_trunk' => 'var/p/cache/content/eng/2/full-', 'datatype' => 'ezdbfile/claim', 'size' => 0, 'expired' => 0]
made: ['var/p/cache/content/eng/2/full-', 'made just now', []]
status is left alone: true
faults: []
