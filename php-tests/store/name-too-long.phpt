--TEST--
A name longer than the column is refused, never cut; one that just fits is stored
--SKIPIF--
<?php
if (getenv('EZDB_TEST_TABLES') === 'hash') die('skip the column holds more than a path');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$width = width('name');
$long = static fn (int $length) => substr(str_repeat('var/abcdef/', 500), 0, $length - 1) . 'x';
$handler = new eZDBFileHandler();
show('fits', $handler->fileStoreContents($long($width), 'fits'));
show('read back', [$handler->fileFetchContents($long($width)), $handler->fileExists($long($width))]);
$too = $long($width + 1);
refused('fileStoreContents', static fn () => $handler->fileStoreContents($too, 'x'), $too, TOO_LONG);
refused('storeContents', static fn () => (new eZDBFileHandler($too))->storeContents('x', 'a', 'b', true), $too, TOO_LONG);
local($too, 'local');
refused('fileStore', static fn () => $handler->fileStore($too, 'image', true), $too, TOO_LONG);
show('local file kept', local_bytes($too));
put('var/source', 'source');
refused('fileCopy', static fn () => $handler->fileCopy('var/source', $too), $too, TOO_LONG);
refused('fileMove', static fn () => $handler->fileMove('var/source', $too), $too, TOO_LONG);
refused('move', static fn () => (new eZDBFileHandler('var/source'))->move($too), $too, TOO_LONG);
thrown('eZDBFile', static fn () => eZDBFile::storeContentToFile($too, 'x', 'test'), eZDBFileException::class, TOO_LONG);
show('names', array_map('strlen', live()) === [$width, strlen('var/source')]);
show('source', bytes_of('var/source'));
show('exists', $handler->fileExists($too));
warnings();
show('faults', [faults(), unlocked()]);
?>
--EXPECT--
fits: true
read back: ['fits', true]
fileStoreContents: refused
storeContents: refused
fileStore: refused
local file kept: 'local'
fileCopy: refused
fileMove: refused
move: refused
eZDBFile: eZDBFileException
names: true
source: 'source'
exists: false
faults: [[], true]
