--TEST--
A script that runs for long claims and releases thousands of times, and nothing heaps up
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$memory = null;
for ($i = 0; $i < 1500; $i++) {
    $handler = new eZDBFileHandler('var/' . $i % 7);
    match ($i % 5) {
        0 => $handler->processCache(null, static fn () => "made $i"),
        1 => [$handler->startCacheGeneration(), $handler->endCacheGeneration(false)],
        2 => [$handler->startCacheGeneration(), $handler->abortCacheGeneration()],
        3 => $handler->processCache(retrieve(), static fn () => ['content' => 'x', 'store' => false]),
        4 => [$handler->delete(), $handler->processCache(retrieve(), generate('again'))],
    };
    Calls::taken();
    if ($i === 500) {
        $memory = memory_get_usage();
    }
}
show('memory', memory_get_usage() - $memory < 100000);
show('rows', [count(live()), claims(), faults(), unlocked()]);
show('connections', value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()"));
?>
--EXPECT--
memory: true
rows: [7, [], [], true]
connections: 1
