--TEST--
A pipe, a device or a socket is refused as a local file, at once
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
mkdir('var');
posix_mkfifo('var/pipe', 0666);
symlink('/dev/zero', 'var/zero');
symlink('/dev/null', 'var/null');
$socket = stream_socket_server('unix://var/socket');
put('var/pipe', 'from the cluster');
foreach (['var/pipe', 'var/zero', 'var/null', 'var/socket'] as $name) {
    refused($name, static fn () => (new eZDBFileHandler())->fileStore($name, 'image', true), $name);
    thrown("$name eZDBFile", static fn () => eZDBFile::storeFile('var/x', 'misc', $name, 'image'), eZDBFileException::class);
}
show('names', live());
show('local', tree());
?>
--EXPECT--
var/pipe: refused
var/pipe eZDBFile: eZDBFileException
var/zero: refused
var/zero eZDBFile: eZDBFileException
var/null: refused
var/null eZDBFile: eZDBFileException
var/socket: refused
var/socket eZDBFile: eZDBFileException
names: ['var/pipe']
local: ['var/', 'var/null', 'var/pipe', 'var/socket', 'var/zero']
