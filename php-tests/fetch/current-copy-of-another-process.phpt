--TEST--
A local copy that another process fetched is current too
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
put('var/a.txt', 'bytes');
show('fetched by a child', child('echo (new eZDBFileHandler("var/a.txt"))->fetch();'));
$inode = inode('var/a.txt');
show('fetch', [(new eZDBFileHandler('var/a.txt'))->fetch(), inode('var/a.txt') === $inode]);
put('var/a.txt', 'newer');
show('fetched by a child', child('echo (new eZDBFileHandler("var/a.txt"))->fetch();'));
show('newer', local_bytes('var/a.txt'));
?>
--EXPECT--
fetched by a child: 'var/a.txt'
fetch: ['var/a.txt', true]
fetched by a child: 'var/a.txt'
newer: 'newer'
