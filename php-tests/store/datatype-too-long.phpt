--TEST--
A datatype that does not fit becomes application/octet-stream with a warning
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$width = width('datatype');
$fits = str_pad('application/', $width, 'x');
$handler = new eZDBFileHandler('var/b');
show('fits', [$handler->fileStoreContents('var/a', 'x', 'test', $fits), entry('var/a')['datatype'] === $fits]);
local('var/c', 'c');
$stores = [
    'var/a' => static fn () => $handler->fileStoreContents('var/a', 'x', 'test', $fits . 'y'),
    'var/b' => static fn () => $handler->storeContents('x', 'test', $fits . 'y'),
    'var/c' => static fn () => $handler->fileStore('var/c', 'test', false, $fits . 'y'),
];
foreach ($stores as $name => $store) {
    $returned = $store();
    $said = warnings();
    show($name, [$returned, count($said), str_contains($said[0] ?? '', $name), entry($name)['datatype'], bytes_of($name)]);
}
show('from eZDBFile', [(new eZDBFile())->storeFile('var/d', $fits . 'y', 'var/c', 'test'), count(warnings()), entry('var/d')['datatype']]);
?>
--EXPECT--
fits: [true, true]
var/a: [true, 1, true, 'application/octet-stream', 'x']
var/b: [true, 1, true, 'application/octet-stream', 'x']
var/c: [true, 1, true, 'application/octet-stream', 'c']
from eZDBFile: [true, 1, 'application/octet-stream']
