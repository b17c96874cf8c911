--TEST--
An empty file that is out of date is content too while another process makes a new one
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/expired', '');
put('var/outdated', '', mtime: 1000);
$maker = Process::obedient('$handlers = [];');
foreach (['var/expired', 'var/outdated'] as $path) {
    show('claimed', $maker->run("return (\$handlers[] = new eZDBFileHandler('$path'))->startCacheGeneration();"));
    show($path, (new eZDBFileHandler($path))->processCache(retrieve(), never(), 100));
}
show('calls', Calls::taken());
show('maker', [$maker->run('return array_map(fn ($handler) => $handler->endCacheGeneration(false), $handlers);'), $maker->finish(), claims(), faults()]);
?>
--EXPECT--
claimed: true
var/expired: 'got '
claimed: true
var/outdated: 'got '
calls: [['retrieve', 'var/expired'], ['retrieve', 'var/outdated']]
maker: [[true, true], '', [], []]
