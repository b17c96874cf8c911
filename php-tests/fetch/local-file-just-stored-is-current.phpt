--TEST--
The local file that a fileStore() of this process kept is the current copy, until one of the two changes
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
local('var/a.txt', 'mine', 1000000000);
$handler = new eZDBFileHandler('var/a.txt');
$handler->fileStore('var/a.txt');
$inode = inode('var/a.txt');
show('fetch', [$handler->fetch(), inode('var/a.txt') === $inode, local_mtime('var/a.txt')]);
show('fileFetch', [$handler->fileFetch('var/a.txt'), inode('var/a.txt') === $inode]);
put('var/a.txt', 'ours', mtime: 1000000000);
show('replaced in the cluster', [$handler->fetch(), local_bytes('var/a.txt')]);

local('var/b.txt', 'mine', 1000000000);
$handler->fileStore('var/b.txt');
local('var/b.txt', 'changed locally', 1000000001);
show('changed locally', [$handler->fileFetch('var/b.txt'), local_bytes('var/b.txt')]);

local('var/c.txt', 'mine', 1000000000);
$handler->fileStore('var/c.txt', false, true);
show('deleted', [$handler->fileFetch('var/c.txt'), local_bytes('var/c.txt')]);
?>
--EXPECT--
fetch: ['var/a.txt', true, 1000000000]
fileFetch: ['var/a.txt', true]
replaced in the cluster: ['var/a.txt', 'ours']
changed locally: ['var/b.txt', 'mine']
deleted: ['var/c.txt', 'mine']
