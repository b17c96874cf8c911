--TEST--
NonExistantStaleCacheHandling 'generate' makes content without storing it while another generates
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
kernel(['file.ini' => ['ClusteringSettings' => ['NonExistantStaleCacheHandling' => ['viewcache' => 'generate', 'cacheblock' => 'generate', 'misc' => 'generate']]]]);
$maker = Process::obedient('$handlers = [];');
foreach (['var/x/cache/content/a', 'var/x/cache/template-block/a', 'var/x/a'] as $path) {
    $maker->run("return (\$handlers[] = new eZDBFileHandler('$path'))->startCacheGeneration();");
    $handler = new eZDBFileHandler($path);
    show($handler->cacheType, [$handler->processCache(retrieve(), generate(['content' => 'made', 'binarydata' => 'x'])), state($handler), live() === claims(), local_bytes($path)]);
    show('without generation', result($handler->processCache(retrieve(), false)));
}
show('calls', Calls::taken());
show('said', KernelStandIn::said());
show('the others', $maker->run('return array_map(fn ($handler) => $handler->storeCache("stored"), $handlers);'));
show('stored', [live(), $handler->processCache(retrieve(), never()), $maker->finish()]);
?>
--EXPECT--
viewcache: ['made', ['var/x/cache/content/a', null], true, null]
without generation: 'failure 2'
cacheblock: ['made', ['var/x/cache/template-block/a', null], true, null]
without generation: 'failure 2'
misc: ['made', ['var/x/a', null], true, null]
without generation: 'failure 2'
calls: [['generate', 'var/x/cache/content/a'], ['generate', 'var/x/cache/template-block/a'], ['generate', 'var/x/a']]
said: []
the others: ['stored', 'stored', 'stored']
stored: [['var/x/a', 'var/x/cache/content/a', 'var/x/cache/template-block/a'], 'got stored', '']
