--TEST--
Every method takes more arguments than it knows
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'abc');
local('var/local', 'local');
$handler = new eZDBFileHandler('var/a', 'surplus', 2);
$arguments = [
    'processCache' => [retrieve(), never(), null, null, null], 'processFile' => [retrieve(), false, null], 'storeCache' => [['content' => 'x', 'store' => false]],
    'purge' => [false, false, false, false], 'fileDelete' => ['var/none', false], 'fileDeleteByDirList' => [['none'], 'var', ''], 'fileDeleteByWildcard' => ['var/none*'],
    'fileStore' => ['var/local', 'test', false, false], 'fileStoreContents' => ['var/b', 'b', false, false], 'storeContents' => ['abc', false, false, false],
    'isFileExpired' => ['x', 1, 2, 3, 4], 'isExpired' => [1, 2, 3], 'isLocalFileExpired' => [1, 2, 3], 'isDBFileExpired' => [1, 2, 3], 'passthrough' => [0, false],
    'fileCopy' => ['var/a', 'var/c'], 'fileLinkCopy' => ['var/a', 'var/d', true], 'fileMove' => ['var/c', 'var/e'], 'move' => ['var/a'], 'endCacheGeneration' => [true],
    'getFileList' => [false, false, false, false], 'fetch' => [false], 'loadMetaData' => [false], 'fileDeleteLocal' => ['var/none'],
];
foreach ((new ReflectionClass('eZClusterFileHandlerInterface'))->getMethods() as $method) {
    $name = $method->getName();
    $known = $arguments[$name] ?? array_fill(0, $method->getNumberOfParameters(), 'var/a');
    if ($name === 'delete' || $name === 'deleteLocal') {
        $target = new eZDBFileHandler('var/none');
    } else {
        $target = $handler;
    }
    ob_start();
    try {
        $target->$name(...$known, ...['surplus', true, null, new stdClass()]);
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage();
    }
    $printed = ob_get_clean();
    if ($printed !== '' && $printed !== 'abc' || warnings()) {
        show($name, $printed);
    }
}
show('done', [$handler->disconnect('surplus'), live(), claims(), state($handler)]);
?>
--EXPECT--
done: [null, ['var/a', 'var/b', 'var/d', 'var/e', 'var/local'], [], ['var/a', null]]
