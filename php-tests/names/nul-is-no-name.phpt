--TEST--
A name with a NUL byte is refused
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$name = "var/a\0b";
put('var/a', 'other');
$handler = new eZDBFileHandler();
refused('fileStoreContents', static fn () => $handler->fileStoreContents($name, 'x'), 'var/a');
refused('storeContents', static fn () => (new eZDBFileHandler($name))->storeContents('x', 'a', 'b', true), 'var/a');
refused('fileStore', static fn () => $handler->fileStore($name), 'var/a');
refused('fileCopy', static fn () => $handler->fileCopy('var/a', $name), 'var/a');
refused('fileMove', static fn () => $handler->fileMove('var/a', $name), 'var/a');
refused('fileFetch', static fn () => $handler->fileFetch($name), 'var/a');
show('exists', $handler->fileExists($name));
warnings();
show('rows', [live(), bytes_of('var/a')]);
show('local', array_filter(tree(), 'is_file'));
?>
--EXPECT--
fileStoreContents: refused
storeContents: refused
fileStore: refused
fileCopy: refused
fileMove: refused
fileFetch: refused
exists: false
rows: [['var/a'], 'other']
local: []
