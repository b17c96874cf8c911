--TEST--
Without a local copy of the version that the cluster holds it is fetched, then retrieved
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$handler = new eZDBFileHandler('var/new/a');
$cases = [
    'none' => static fn () => remove_local('var/new/a'),
    'of unknown origin' => static fn () => local('var/new/a', 'unknown', time() + 1000),
    'of the version before, of the same second' => static fn () => true,
    'of a version that was newer' => static fn () => local('var/new/a', 'newer', time() + 100000),
    'truncated' => static fn () => local('var/new/a', '', local_mtime('var/new/a')),
];
foreach ($cases as $label => $prepare) {
    put_fresh('var/new/a', "bytes for: $label");
    db()->query('UPDATE ezdbfile SET mtime = ' . (server_time() - 10));
    $prepare();
    $handler->metaData = null;
    $result = $handler->processCache(static function ($path, $mtime) {
        return [local_bytes($path), $mtime === local_mtime($path), $mtime >= entry($path)['mtime']];
    }, never());
    show($label, $result);
}
show('left', [tree(), claims(), Calls::taken()]);

function remove_local(string $path): void
{
    if (is_file($path)) {
        unlink($path);
    }
}
?>
--EXPECT--
none: ['bytes for: none', true, true]
of unknown origin: ['bytes for: of unknown origin', true, true]
of the version before, of the same second: ['bytes for: of the version before, of the same second', true, true]
of a version that was newer: ['bytes for: of a version that was newer', true, true]
truncated: ['bytes for: truncated', true, true]
left: [['var/', 'var/new/', 'var/new/a'], [], []]
