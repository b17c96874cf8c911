--TEST--
fileFetch() and fetch() write the local copy with its directories and mtime, and return the path
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a/b/c.txt', ['some ', 'bytes'], mtime: 1234567890);
put('top.txt', '', mtime: 1);
$handler = new eZDBFileHandler();
show('fileFetch', $handler->fileFetch('var/a/b/c.txt'));
show('local', [local_bytes('var/a/b/c.txt'), local_mtime('var/a/b/c.txt')]);
show('fetch', (new eZDBFileHandler('top.txt'))->fetch());
show('local', [local_bytes('top.txt'), local_mtime('top.txt')]);
show('tree', tree());
chdir('var');
show('elsewhere', [$handler->fileFetch('top.txt'), local_bytes('top.txt')]);
?>
--EXPECT--
fileFetch: 'var/a/b/c.txt'
local: ['some bytes', 1234567890]
fetch: 'top.txt'
local: ['', 1]
tree: ['top.txt', 'var/', 'var/a/', 'var/a/b/', 'var/a/b/c.txt']
elsewhere: ['top.txt', '']
