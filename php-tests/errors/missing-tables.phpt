--TEST--
A database without the tables: warnings name ezdbfile_install(), and after it everything works
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
$handler = new eZDBFileHandler('var/a');
local('var/a', 'local');
refused('fileStore', static fn () => $handler->fileStore('var/a', 'image', true), 'var/a', '/ezdbfile_install/');
refused('fileStoreContents', static fn () => $handler->fileStoreContents('var/a', 'x'), 'var/a', '/ezdbfile_install/');
refused('fetchContents', static fn () => $handler->fetchContents(), 'var/a', '/ezdbfile_install/');
refused('fetch', static fn () => $handler->fetch(), 'var/a', '/ezdbfile_install/');
refused('exists', static fn () => $handler->exists(), 'var/a', '/ezdbfile_install/');
refused('delete', static fn () => $handler->delete(), 'var/a', '/ezdbfile_install/');
refused('fileMove', static fn () => $handler->fileMove('var/a', 'var/b'), 'var/', '/ezdbfile_install/');
refused('metaData', static fn () => $handler->metaData, 'var/a', '/ezdbfile_install/');
thrown('eZDBFile', static fn () => eZDBFile::fetchFile('var/a'), eZDBFileException::class, '/ezdbfile_install/');
show('local', [tree(), local_bytes('var/a')]);
ezdbfile_install();
show('installed', [$handler->exists(), $handler->fileStore('var/a'), $handler->exists(), $handler->fetchContents(), $handler->size()]);
?>
--EXPECT--
fileStore: refused
fileStoreContents: refused
fetchContents: refused
fetch: refused
exists: refused
delete: refused
fileMove: refused
metaData: refused
eZDBFile: eZDBFileException
local: [['var/', 'var/a'], 'local']
installed: [false, true, true, 'local', 5]
