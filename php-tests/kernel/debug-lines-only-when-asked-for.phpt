--TEST--
Debug lines go to eZDebugSetting, and only when the condition kernel-clustering is on
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
kernel();
$work = static function () {
    $handler = new eZDBFileHandler('var/a');
    $handler->processCache(retrieve(), generate('made'));
    $handler->processCache(retrieve(), never());
    $handler->fetch(true);
    $handler->storeContents('x');
    $handler->startCacheGeneration();
    $handler->endCacheGeneration(false);
    $handler->startCacheGeneration();
    db()->query("DELETE FROM ezdbfile WHERE name = 'var/a.generating'");
    $handler->storeCache('lost');
    $handler->delete();
    $handler->purge();
};
$work();
show('off', [KernelStandIn::$debug, KernelStandIn::said()]);
KernelStandIn::$conditions = ['something-else'];
$work();
show('another is on', [KernelStandIn::$debug, KernelStandIn::said()]);
KernelStandIn::$conditions = ['kernel-clustering'];
class_exists('eZDebugSetting');
$work();
show('on', count(KernelStandIn::$debug) > 0);
foreach (KernelStandIn::$debug as $line) {
    if ($line[0] !== 'kernel-clustering' || !is_string($line[1]) || !str_starts_with($line[2] ?? '', 'eZDBFileHandler')) {
        show('line', $line);
    }
}
show('only debug lines', array_unique(array_column(KernelStandIn::$messages, 0)) ?: ['debug']);
show('names the file', str_contains(implode("\n", array_column(KernelStandIn::$debug, 1)), 'var/a'));
show('warnings', warnings());
?>
--EXPECT--
off: [[], []]
another is on: [[], []]
on: true
only debug lines: ['debug']
names the file: true
warnings: []
