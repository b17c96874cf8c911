--TEST--
On a full disk nothing is left of the attempt, and the old copy stays
--SKIPIF--
<?php
require __DIR__ . '/../inc/skip-tmpfs.inc';
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
mkdir('var');
exec('mount -t tmpfs -o size=256k tmpfs var', $output, $status);
at_end(static fn () => exec('umount var'));
show('mounted', $status);
put('var/a.txt', 'old');
$handler = new eZDBFileHandler('var/a.txt');
$handler->fetch();
$bytes = bytes(1000000);
put('var/a.txt', $bytes);
refused('fetch', static fn () => $handler->fetch(), 'var/a.txt', '/space/i');
refused('fileFetch', static fn () => $handler->fileFetch('var/a.txt'), 'var/a.txt', '/space/i');
refused('fetchUnique', static fn () => $handler->fetchUnique(), 'var/a.txt', '/space/i');
refused('storeContents', static fn () => $handler->storeContents($bytes, 'test', 'misc', true), 'var/a.txt', '/space/i');
thrown('saveToFileSystem', static fn () => eZDBFile::saveToFileSystem('var/a.txt', 'var/b.txt'), eZDBFileException::class, '/space/i');
show('tree', [tree(), local_bytes('var/a.txt')]);
show('contents', $handler->fetchContents() === $bytes);
show('room for others', [put('var/c.txt', bytes(200000)) >= 0, $handler->fileFetch('var/c.txt')]);
?>
--EXPECT--
mounted: 0
fetch: refused
fileFetch: refused
fetchUnique: refused
storeContents: refused
saveToFileSystem: eZDBFileException
tree: [['var/', 'var/a.txt'], 'old']
contents: true
room for others: [true, 'var/c.txt']
