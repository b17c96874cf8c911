--TEST--
A local copy made from the current version is left alone; fetch(true) transfers in any case
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'bytes');
$handler = new eZDBFileHandler('var/a.txt');
$handler->fetch();
$inode = inode('var/a.txt');
show('fetch', [$handler->fetch(), inode('var/a.txt') === $inode]);
show('fileFetch', [$handler->fileFetch('var/a.txt'), inode('var/a.txt') === $inode]);
show('new object', [(new eZDBFileHandler('var/a.txt'))->fetch(false), inode('var/a.txt') === $inode]);
show('fetch(true)', [$handler->fetch(true), inode('var/a.txt') === $inode, local_bytes('var/a.txt')]);
$inode = inode('var/a.txt');
show('fetch', [$handler->fetch(), inode('var/a.txt') === $inode]);
?>
--EXPECT--
fetch: ['var/a.txt', true]
fileFetch: ['var/a.txt', true]
new object: ['var/a.txt', true]
fetch(true): ['var/a.txt', false, 'bytes']
fetch: ['var/a.txt', true]
