--TEST--
Constants and the kernel's settings are read once a request, at first use
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
kernel(['file.ini' => ['ClusteringSettings' => ['DBName' => ini_get('ezdbfile.database'), 'DBChunkSize' => '10']], 'site.ini' => ['ContentSettings' => ['CacheGenerationTimeout' => '50']]]);
show('not before', KernelStandIn::$read);
$handler = new eZDBFileHandler('var/a');
$handler->processCache(null, generate(str_repeat('x', 25)));
$reads = count(KernelStandIn::$read);
show('read', [$reads > 0, array_filter(array_count_values(KernelStandIn::$read), static fn ($times) => $times > 1)]);
KernelStandIn::$settings = ['file.ini' => ['ClusteringSettings' => ['DBName' => 'ezdb_none', 'DBChunkSize' => '5']]];
define('CLUSTER_STORAGE_DB', 'ezdb_none');
for ($i = 0; $i < 20; $i++) {
    $other = new eZDBFileHandler("var/$i");
    $other->processCache(null, generate(str_repeat('x', 25)));
    $other->fetch(true);
    $other->startCacheGeneration();
    $other->endCacheGeneration(false);
}
show('not again', [count(KernelStandIn::$read) - $reads, count(live()), array_values(array_unique(array_merge(...array_map(chunk_lengths(...), live()))))]);
show('said', [KernelStandIn::said(), warnings()]);
?>
--EXPECT--
not before: []
read: [true, []]
not again: [0, 21, [10, 5]]
said: [[], []]
