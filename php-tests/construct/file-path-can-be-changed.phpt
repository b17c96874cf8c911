--TEST--
filePath and realFilePath are ordinary properties: what is written there counts
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'first');
put('var/b.txt', 'the second');
$handler = new eZDBFileHandler('var/a.txt');
$handler->filePath = 'var/b.txt';
$handler->realFilePath = 'var/real.txt';
show('paths', [$handler->filePath, $handler->realFilePath, $handler->name()]);
show('contents', $handler->fetchContents());
show('size', $handler->size());
show('exists', $handler->exists());
$handler->filePath = 'var/c.txt';
show('exists', $handler->exists());
?>
--EXPECT--
paths: ['var/b.txt', 'var/real.txt', 'var/b.txt']
contents: 'the second'
size: 10
exists: true
exists: false
