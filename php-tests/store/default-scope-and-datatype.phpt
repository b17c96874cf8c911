--TEST--
Without scope and datatype a file is of UNKNOWN_SCOPE and misc
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/d');
local('var/a', 'a', 1000);
local('var/b', 'b', 1000);
$handler->fileStore('var/a');
$handler->fileStore('var/b', false, false, false);
$handler->fileStoreContents('var/c', 'c');
$handler->storeContents('d', false, false);
foreach (['var/a', 'var/b', 'var/c', 'var/d'] as $name) {
    show($name, [entry($name)['scope'], entry($name)['datatype']]);
}
$handler->fileStore('var/a', 'image', false, 'image/png');
$handler->fileStoreContents('var/c', 'c', 'viewcache', 'php');
$handler->storeContents('d', 'binaryfile', 'application/pdf');
foreach (['var/a', 'var/c', 'var/d'] as $name) {
    show($name, [entry($name)['scope'], entry($name)['datatype']]);
}
?>
--EXPECT--
var/a: ['UNKNOWN_SCOPE', 'misc']
var/b: ['UNKNOWN_SCOPE', 'misc']
var/c: ['UNKNOWN_SCOPE', 'misc']
var/d: ['UNKNOWN_SCOPE', 'misc']
var/a: ['image', 'image/png']
var/c: ['viewcache', 'php']
var/d: ['binaryfile', 'application/pdf']
