--TEST--
Time in the database is accumulated for the debug output of the kernel, when that is on
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 10]);
kernel();
local('var/local', 'local');
put_fresh('var/a', 'bytes of a');
$handler = new eZDBFileHandler('var/a');
$calls = [
    'size' => static fn () => $handler->size(), 'exists' => static fn () => $handler->exists(), 'fetch' => static fn () => $handler->fetch(true), 'fetchContents' => static fn () => $handler->fetchContents(),
    'fileStore' => static fn () => $handler->fileStore('var/local'), 'storeContents' => static fn () => $handler->storeContents('x'), 'delete' => static fn () => $handler->delete(),
    'getFileList' => static fn () => $handler->getFileList(), 'fileMove' => static fn () => $handler->fileMove('var/local', 'var/moved'), 'purge' => static fn () => $handler->purge(),
    'start' => static fn () => $handler->startCacheGeneration(), 'check' => static fn () => $handler->checkCacheGenerationTimeout(), 'end' => static fn () => $handler->endCacheGeneration(false),
    'processCache' => static fn () => $handler->processCache(null, generate('made')),
];
foreach ($calls as $label => $call) {
    KernelStandIn::$accumulators = [];
    $call();
    report_accumulators($label);
}
KernelStandIn::$accumulators = [];
try {
    $handler->processCache(null, static function () {
        throw new Exception('x');
    });
} catch (Exception) {
}
try {
    (new eZDBFileHandler('var'))->purge(static function () {
        throw new Exception('x');
    });
} catch (Exception) {
}
$handler->fileDeleteByRegex('var', '(');
report_accumulators('after trouble');
KernelStandIn::$accumulators = [];
KernelStandIn::$debugEnabled = false;
foreach ($calls as $call) {
    $call();
}
show('off', KernelStandIn::$accumulators);

/** Every start has its stop, in between nothing is open twice, and the names are those that the debug output sums up. */
function report_accumulators(string $label): void
{
    $open = 0;
    foreach (KernelStandIn::$accumulators as $call) {
        [$what, $key, $group, $name] = $call + [2 => null, 3 => null];
        $open += $what === 'start' ? 1 : -1;
        if ($key !== 'mysql_cluster_query' || $what === 'start' && [$group, $name] !== ['mysql_cluster_total', 'Mysql_cluster_query'] || $open < 0 || $open > 1) {
            show("$label at", [$what, $key, $group, $name, $open]);
        }
    }
    if ($open !== 0 || KernelStandIn::$accumulators === []) {
        show("$label open", [$open, count(KernelStandIn::$accumulators)]);
    }
}
?>
--EXPECT--
off: []
