--TEST--
In the kernel problems go to eZDebug::writeError() with the method as label, and PHP warns of nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
kernel();
put_fresh('var/a', 'abc');
put_damaged('var/damaged', SIZE_TOO_LARGE);
$handler = new eZDBFileHandler('var/missing');
$calls = [
    'fetch' => [static fn () => $handler->fetch(), 'var/missing'],
    'fileFetch' => [static fn () => $handler->fileFetch('var/missing'), 'var/missing'],
    'fetchUnique' => [static fn () => $handler->fetchUnique(), 'var/missing'],
    'fetchContents' => [static fn () => $handler->fetchContents(), 'var/missing'],
    'fileFetchContents' => [static fn () => $handler->fileFetchContents('var/damaged'), 'var/damaged'],
    'passthrough' => [static fn () => $handler->passthrough(), 'var/missing'],
    'fileStore' => [static fn () => $handler->fileStore('var/no-local-file'), 'var/no-local-file'],
    'fileStoreContents' => [static fn () => $handler->fileStoreContents('', 'x'), ''],
    'fileDelete' => [static fn () => $handler->fileDelete(''), ''],
    'fileDeleteByWildcard' => [static fn () => $handler->fileDeleteByWildcard(''), ''],
    'processCache' => [static fn () => $handler->processCache(failing(2), generate([])), 'var/missing'],
    'storeCache' => [static fn () => [(new eZDBFileHandler('var/b'))->storeCache([]), false][1], 'var/b'],
];
foreach ($calls as $method => [$call, $name]) {
    $returned = $call();
    $messages = KernelStandIn::$messages;
    KernelStandIn::$messages = [];
    $right = $messages !== [] && ($returned === false || $returned === null);
    foreach ($messages as [$level, $label, $text]) {
        $right = $right && $level === 'error' && str_starts_with($label, 'eZDBFileHandler::') && str_contains($text, $name) && strlen($text) > strlen($name) + 5;
    }
    if (!$right || warnings() || !in_array("eZDBFileHandler::$method", array_column($messages, 1), true)) {
        show($method, [$returned, $messages]);
    }
}
$handler->fileStoreContents('var/long type', 'x', 'test', str_repeat('x', width('datatype') + 1));
show('a datatype that is too long', [array_unique(array_column(KernelStandIn::$messages, 1)), warnings(), KernelStandIn::said() !== []]);
show('what is right says nothing', [(new eZDBFileHandler('var/a'))->fetchContents(), $handler->exists(), $handler->fileExists('var/none'), $handler->size(), $handler->delete(), KernelStandIn::said(), warnings()]);
?>
--EXPECT--
a datatype that is too long: [['eZDBFileHandler::fileStoreContents'], [], true]
what is right says nothing: ['abc', false, false, null, true, [], []]
