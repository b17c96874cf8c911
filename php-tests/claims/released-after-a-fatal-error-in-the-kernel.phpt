--TEST--
A fatal error in the kernel's debug output, wherever it is asked, leaves no claim behind
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (range(1, 6) as $call) {
    $said = child('class eZDebug {
        static $calls = 0;
        static function isDebugEnabled() { return true; }
        static function accumulatorStart() { if (++self::$calls === ' . $call . ') { ini_set("memory_limit", "4M"); str_repeat("x", 1 << 24); } }
        static function accumulatorStop() {}
        static function writeError($message) { echo $message; }
    }
    $handler = new eZDBFileHandler("var/a");
    $handler->startCacheGeneration();
    $handler->storeCache("made");
    $handler->startCacheGeneration();
    $handler->endCacheGeneration();
    $handler->processCache(null, fn () => "again");
    echo "done";');
    $next = new eZDBFileHandler('var/a');
    show("call $call", [$said === 'done' || str_contains($said, 'memory'), claims(), $next->startCacheGeneration()]);
    $next->abortCacheGeneration();
}
show('claims', claims());
?>
--EXPECT--
call 1: [true, [], true]
call 2: [true, [], true]
call 3: [true, [], true]
call 4: [true, [], true]
call 5: [true, [], true]
call 6: [true, [], true]
claims: []
