--TEST--
Making an object does not look at the file; its metadata is loaded when first read
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a.txt');
put('var/a.txt', 'abc');
show('size', $handler->size());
$second = new eZDBFileHandler('var/b.txt');
put('var/b.txt', 'abcd');
show('metaData', $second->metaData['size']);
?>
--EXPECT--
size: 3
metaData: 4
