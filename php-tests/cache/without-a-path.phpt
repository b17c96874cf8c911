--TEST--
Without a path nothing is claimed or generated: a failure by code 2
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach ([false, ''] as $path) {
    $handler = new eZDBFileHandler($path);
    show(dump($path), [
        result($handler->processCache(never(), never())),
        result($handler->processCache(null, never())),
        result($handler->processCache(never(), null)),
        result($handler->processCache(null)),
        result($handler->processCache(never(), false)),
        $handler->processFile(never()),
    ]);
    show('state', [state($handler), $handler->checkCacheGenerationTimeout(), $handler->endCacheGeneration(), $handler->abortCacheGeneration()]);
}
show('content of no file', [
    (new eZDBFileHandler())->storeCache(['content' => 'c', 'binarydata' => 'b']), (new eZDBFileHandler())->storeCache('s'),
    (new eZDBFileHandler(''))->storeCache(['scope' => 'x']), count(warnings()),
]);
show('nothing', [live(), expired(), Calls::taken(), tree()]);
?>
--EXPECT--
false: ['failure 2', 'failure 2', 'failure 2', 'failure 2', 'failure 2', null]
state: [[false, null], false, false, false]
'': ['failure 2', 'failure 2', 'failure 2', 'failure 2', 'failure 2', null]
state: [['', null], false, false, false]
content of no file: ['c', 's', null, 1]
nothing: [[], [], [], []]
