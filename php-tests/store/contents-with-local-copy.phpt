--TEST--
storeContents() can leave the local copy too, with the cluster's mtime, and it is current
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
umask(077);
$handler = new eZDBFileHandler('var/a/b/c.txt');
show('without', [$handler->storeContents('first', 'test', 'misc'), tree()]);
show('with', [$handler->storeContents('second', 'test', 'misc', true), tree(), local_bytes('var/a/b/c.txt')]);
show('mtime', local_mtime('var/a/b/c.txt') === entry('var/a/b/c.txt')['mtime']);
show('modes', [mode('var/a/b/c.txt'), mode('var/a/b'), mode('var')]);
$inode = inode('var/a/b/c.txt');
show('fetch', [$handler->fetch(), inode('var/a/b/c.txt') === $inode]);
show('again', [$handler->storeContents('third', 'test', 'misc', true), local_bytes('var/a/b/c.txt'), bytes_of('var/a/b/c.txt')]);
?>
--EXPECT--
without: [true, []]
with: [true, ['var/', 'var/a/', 'var/a/b/', 'var/a/b/c.txt'], 'second']
mtime: true
modes: ['666', '777', '777']
fetch: ['var/a/b/c.txt', true]
again: [true, 'third', 'third']
