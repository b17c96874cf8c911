--TEST--
Claiming a file and giving the claim up never touches the file
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$ids = [];
foreach (['var/live' => 5000, 'var/dead' => -5000] as $path => $mtime) {
    $ids[$path] = put($path, "bytes of $path", 'image', 'image/png', $mtime);
    local($path, "local of $path", 3000);
    $handler = new eZDBFileHandler($path);
    foreach (['end' => static fn () => $handler->endCacheGeneration(false), 'abort' => static fn () => $handler->abortCacheGeneration(), 'end with nothing stored' => static fn () => $handler->endCacheGeneration()] as $label => $end) {
        $inode = inode($path);
        $started = $handler->startCacheGeneration();
        $meanwhile = [bytes_of($path), entry($path)['mtime'], (new eZDBFileHandler($path))->fetchContents(), (new eZDBFileHandler())->fileExists($path)];
        $ended = $end();
        show("$path, $label", [$started, $label === 'abort' || $ended, state($handler), claims()]);
        show('file', [$meanwhile, bytes_of($path), array_values(entry($path)), id_of($path) === $ids[$path], local_bytes($path), inode($path) === $inode, local_mtime($path)]);
    }
}
foreach (['var/missing'] as $path) {
    $handler = new eZDBFileHandler($path);
    show('missing', [$handler->startCacheGeneration(), $handler->endCacheGeneration(false), $handler->startCacheGeneration(), $handler->endCacheGeneration(), $handler->startCacheGeneration(), $handler->storeContents('stored'), $handler->endCacheGeneration(false), bytes_of($path), $handler->exists(), claims()]);
    show('aborted after a store', [$handler->startCacheGeneration(), $handler->storeContents('stored'), $handler->abortCacheGeneration() === false, bytes_of($path), $handler->exists(), state($handler), claims()][3]);
}
show('rows', [live(), expired(), faults(), unlocked()]);
?>
--EXPECT--
var/live, end: [true, true, ['var/live', null], []]
file: [['bytes of var/live', 5000, 'bytes of var/live', true], 'bytes of var/live', ['image/png', 'image', 17, 5000], true, 'local of var/live', true, 3000]
var/live, abort: [true, true, ['var/live', null], []]
file: [['bytes of var/live', 5000, 'bytes of var/live', true], 'bytes of var/live', ['image/png', 'image', 17, 5000], true, 'local of var/live', true, 3000]
var/live, end with nothing stored: [true, false, ['var/live', null], []]
file: [['bytes of var/live', 5000, 'bytes of var/live', true], 'bytes of var/live', ['image/png', 'image', 17, 5000], true, 'local of var/live', true, 3000]
var/dead, end: [true, true, ['var/dead', null], []]
file: [['bytes of var/dead', -5000, 'bytes of var/dead', false], 'bytes of var/dead', ['image/png', 'image', 17, -5000], true, 'local of var/dead', true, 3000]
var/dead, abort: [true, true, ['var/dead', null], []]
file: [['bytes of var/dead', -5000, 'bytes of var/dead', false], 'bytes of var/dead', ['image/png', 'image', 17, -5000], true, 'local of var/dead', true, 3000]
var/dead, end with nothing stored: [true, false, ['var/dead', null], []]
file: [['bytes of var/dead', -5000, 'bytes of var/dead', false], 'bytes of var/dead', ['image/png', 'image', 17, -5000], true, 'local of var/dead', true, 3000]
missing: [true, true, true, false, true, true, true, null, false, []]
aborted after a store: null
rows: [['var/live'], ['var/dead'], [], true]
