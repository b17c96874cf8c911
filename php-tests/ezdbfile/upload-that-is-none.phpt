--TEST--
uploadHTTPFile() throws for anything that PHP did not receive as an upload
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
local('var/secret', 'secret');
thrown('no such field', static fn () => eZDBFile::uploadHTTPFile('file'), eZDBFileException::class);
$_FILES['file'] = ['name' => 'a.txt', 'type' => 'text/plain', 'tmp_name' => realpath('var/secret'), 'error' => UPLOAD_ERR_OK, 'size' => 6];
thrown('not uploaded', static fn () => eZDBFile::uploadHTTPFile('file'), eZDBFileException::class);
$_FILES['file']['error'] = UPLOAD_ERR_PARTIAL;
thrown('partial', static fn () => eZDBFile::uploadHTTPFile('file'), eZDBFileException::class);
$_FILES['file'] = ['name' => ['a', 'b'], 'type' => ['x', 'y'], 'tmp_name' => ['var/secret', ''], 'error' => [0, 4], 'size' => [6, 0]];
thrown('list of files', static fn () => eZDBFile::uploadHTTPFile('file'), eZDBFileException::class);
$_FILES['file'] = 'nonsense';
thrown('nonsense', static fn () => eZDBFile::uploadHTTPFile('file'), eZDBFileException::class);
show('rows', [live(), local_bytes('var/secret')]);
?>
--EXPECT--
no such field: eZDBFileException
not uploaded: eZDBFileException
partial: eZDBFileException
list of files: eZDBFileException
nonsense: eZDBFileException
rows: [[], 'secret']
