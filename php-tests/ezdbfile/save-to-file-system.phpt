--TEST--
saveToFileSystem() writes the bytes under the same or another name, with its directories
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a/b.txt', ['some ', 'bytes']);
show('default', [eZDBFile::saveToFileSystem('var/a/b.txt'), local_bytes('var/a/b.txt')]);
show('named', [eZDBFile::saveToFileSystem('var/a/b.txt', 'other/dir/c.txt'), local_bytes('other/dir/c.txt')]);
show('absolute', [eZDBFile::saveToFileSystem('var/a/b.txt', scratch('d.txt')), file_get_contents(scratch('d.txt'))]);
local('other/dir/c.txt', 'what was there, and longer');
show('over a file', [eZDBFile::saveToFileSystem('var/a/b.txt', 'other/dir/c.txt'), local_bytes('other/dir/c.txt')]);
show('tree', tree());
thrown('below a file', static fn () => eZDBFile::saveToFileSystem('var/a/b.txt', 'other/dir/c.txt/d'), eZDBFileException::class);
mkdir('full');
thrown('onto a directory', static fn () => eZDBFile::saveToFileSystem('var/a/b.txt', 'full'), eZDBFileException::class, '/full/');
show('tree', tree());
?>
--EXPECT--
default: [true, 'some bytes']
named: [true, 'some bytes']
absolute: [true, 'some bytes']
over a file: [true, 'some bytes']
tree: ['other/', 'other/dir/', 'other/dir/c.txt', 'var/', 'var/a/', 'var/a/b.txt']
below a file: eZDBFileException
onto a directory: eZDBFileException
tree: ['full/', 'other/', 'other/dir/', 'other/dir/c.txt', 'var/', 'var/a/', 'var/a/b.txt']
