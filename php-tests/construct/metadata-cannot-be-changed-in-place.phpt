--TEST--
References, writes into the array and unset() leave the metadata right
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'abc', mtime: 1000);
$handler = new eZDBFileHandler('var/a');
foreach ([
    'element' => static function () use ($handler) { $handler->metaData['size'] = 77; },
    'new element' => static function () use ($handler) { $handler->metaData['more'] = 77; },
    'append' => static function () use ($handler) { $handler->metaData[] = 77; },
    'reference' => static function () use ($handler) { $reference = &$handler->metaData; $reference = ['size' => 77]; },
    'reference to an element' => static function () use ($handler) { $reference = &$handler->metaData['size']; $reference = 77; },
    'foreach by reference' => static function () use ($handler) { foreach ($handler->metaData as &$value) { $value = 77; } },
    'unset element' => static function () use ($handler) { unset($handler->metaData['size']); },
    'unset' => static function () use ($handler) { unset($handler->metaData); },
    'sort' => static function () use ($handler) { sort($handler->metaData); },
    'property' => static function () use ($handler) { (new ReflectionProperty('eZDBFileHandler', 'metaData'))->setValue($handler, null); },
    'foreach over the object' => static function () use ($handler) { foreach ($handler as $name => $value) { } },
    'cache type' => static function () use ($handler) { $handler->cacheType = 'x'; },
] as $label => $call) {
    try {
        $call();
    } catch (Error | ReflectionException) {
    }
    warnings();
    $handler->metaData = null;
    $other = new eZDBFileHandler('var/a');
    if ([$handler->metaData['size'], $handler->size(), $handler->mtime(), $other->size(), count($other->metaData), $handler->cacheType] !== [3, 3, 1000, 3, by_hash() ? 8 : 7, 'misc']) {
        show($label, [$handler->metaData, $other->metaData, $handler->cacheType]);
    }
}
show('size', $handler->metaData['size']);
$metadata = $handler->metaData;
$metadata['size'] = 77;
show('a copy is a copy', [$metadata['size'], $handler->metaData['size'], (new eZDBFileHandler('var/a'))->size()]);
?>
--EXPECT--
size: 3
a copy is a copy: [77, 3, 3]
