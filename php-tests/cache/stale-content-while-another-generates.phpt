--TEST--
While another generates, stale content is used: the local copy, else the expired entry
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient('$handlers = [];');
$cases = [
    'expired, local copy' => static function ($path) {
        put_expired($path, 'expired in the cluster');
        local($path, 'old local copy', 1000);
    },
    'expired, no local copy' => static fn ($path) => put_expired($path, 'expired in the cluster'),
    'live, outdated' => static fn ($path) => put($path, 'outdated in the cluster', mtime: 5000),
    'live, outdated, local copy' => static function ($path) {
        put($path, 'outdated in the cluster', mtime: 5000);
        local($path, 'old local copy', 1000);
    },
    'purged, local copy' => static fn ($path) => local($path, 'old local copy', 1000),
];
foreach ($cases as $label => $prepare) {
    $path = "var/$label";
    $prepare($path);
    $claimed = $maker->run("return (\$handlers[] = new eZDBFileHandler('$path'))->startCacheGeneration();");
    $handler = new eZDBFileHandler($path);
    $now = server_time();
    $result = $handler->processCache(static function ($path, $mtime, ...$extra) use ($now) {
        return [local_bytes($path), $mtime >= $now - 1 && $mtime <= server_time() + 1, $extra];
    }, never(), null, $now - 10000, 'extra');
    show($label, [$claimed, $result]);
    show('without extra data, and no generation', [$handler->processCache(retrieve(), null, null, $now - 10000), state($handler)]);
}
show('claims', count(claims()));
show('calls', array_unique(array_column(Calls::taken(), 0)));
show('maker', [$maker->run('return array_map(fn ($handler) => $handler->endCacheGeneration(false), $handlers);'), $maker->finish(), claims()]);
?>
--EXPECT--
expired, local copy: [true, ['old local copy', true, ['extra']]]
without extra data, and no generation: ['got old local copy', ['var/expired, local copy', null]]
expired, no local copy: [true, ['expired in the cluster', true, ['extra']]]
without extra data, and no generation: ['got expired in the cluster', ['var/expired, no local copy', null]]
live, outdated: [true, ['outdated in the cluster', true, ['extra']]]
without extra data, and no generation: ['got outdated in the cluster', ['var/live, outdated', null]]
live, outdated, local copy: [true, ['old local copy', true, ['extra']]]
without extra data, and no generation: ['got old local copy', ['var/live, outdated, local copy', null]]
purged, local copy: [true, ['old local copy', true, ['extra']]]
without extra data, and no generation: ['got old local copy', ['var/purged, local copy', null]]
claims: 5
calls: ['retrieve']
maker: [[true, true, true, true, true], '', []]
