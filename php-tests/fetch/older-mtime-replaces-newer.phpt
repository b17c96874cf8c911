--TEST--
A version with an older mtime is fetched over a newer local copy
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a.txt');
put('var/a.txt', 'dated later', mtime: 1500000000);
$handler->fetch();
put('var/a.txt', 'dated earlier', mtime: 1000000000);
show('stored by another node', [$handler->fetch(), local_bytes('var/a.txt'), local_mtime('var/a.txt')]);

put('var/copied.txt', 'copied', mtime: 900000000);
$handler->fileCopy('var/copied.txt', 'var/a.txt');
show('copied', [$handler->fetch(), local_bytes('var/a.txt'), local_mtime('var/a.txt')]);

put('var/moved.txt', 'moved', mtime: 800000000);
$handler->fileMove('var/moved.txt', 'var/a.txt');
show('moved', [$handler->fetch(), local_bytes('var/a.txt'), local_mtime('var/a.txt')]);
?>
--EXPECT--
stored by another node: ['var/a.txt', 'dated earlier', 1000000000]
copied: ['var/a.txt', 'copied', 900000000]
moved: ['var/a.txt', 'moved', 800000000]
