--TEST--
A name that is not UTF-8 is refused on the seed's tables, which cannot hold it
--SKIPIF--
<?php
if ((getenv('EZDB_TEST_TABLES') ?: 'seed') !== 'seed') die('skip for the tables of the seed document');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$name = "var/\xff\xfe.txt";
$handler = new eZDBFileHandler();
refused('fileStoreContents', static fn () => $handler->fileStoreContents($name, 'x'), 'var/', '/character|utf|encod/i');
refused('storeContents', static fn () => (new eZDBFileHandler($name))->storeContents('x', 'a', 'b', true), 'var/', '/character|utf|encod/i');
local($name, 'local');
refused('fileStore', static fn () => $handler->fileStore($name, 'image', true), 'var/', '/character|utf|encod/i');
put('var/source', 'source');
refused('fileCopy', static fn () => $handler->fileCopy('var/source', $name), 'var/', '/character|utf|encod/i');
refused('fileMove', static fn () => $handler->fileMove('var/source', $name), 'var/', '/character|utf|encod/i');
refused('cut UTF-8', static fn () => $handler->fileStoreContents("var/\xe2\x82", 'x'), 'var/', '/character|utf|encod/i');
show('exists', [$handler->fileExists($name), (new eZDBFileHandler($name))->metaData]);
warnings();
show('rows', [live(), bytes_of('var/source')]);
show('local', local_bytes($name));
show('others work', [$handler->fileStoreContents('var/b', 'b'), unlocked()]);
?>
--EXPECT--
fileStoreContents: refused
storeContents: refused
fileStore: refused
fileCopy: refused
fileMove: refused
cut UTF-8: refused
exists: [false, false]
rows: [['var/source'], 'source']
local: 'local'
others work: [true, true]
