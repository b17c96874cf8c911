--TEST--
fileCopy() and fileLinkCopy() make a second file with the bytes, scope, datatype and mtime of the first
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 3]);
put('var/a', ['abc', 'defgh', 'i'], 'image', 'image/png', 1234567890);
put('var/empty', '', 'image', 'image/png', 1000);
$handler = new eZDBFileHandler();
show('fileCopy', [$handler->fileCopy('var/a', 'var/b'), entry('var/b'), bytes_of('var/b')]);
show('fileLinkCopy', [$handler->fileLinkCopy('var/a', 'var/c', true), $handler->fileLinkCopy('var/a', 'var/d', false), $handler->fileLinkCopy('var/a', 'var/e', true)]);
show('rows', [entry('var/c') === entry('var/a'), entry('var/d') === entry('var/a'), bytes_of('var/c'), bytes_of('var/d')]);
show('empty', [$handler->fileCopy('var/empty', 'var/f'), entry('var/f'), $handler->fileFetchContents('var/f')]);
$handler->fileStoreContents('var/a', 'changed');
$handler->fileDelete('var/c');
show('independent', [bytes_of('var/b'), bytes_of('var/d'), $handler->fileExists('var/d'), $handler->fileExists('var/c')]);
show('source', bytes_of('var/a'));
show('read back', [(new eZDBFileHandler('var/b'))->fetchContents(), local_bytes($handler->fileFetch('var/b')), local_mtime('var/b')]);
show('faults', [faults(), tree()]);
?>
--EXPECT--
fileCopy: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 9, 'mtime' => 1234567890], 'abcdefghi']
fileLinkCopy: [true, true, true]
rows: [true, true, 'abcdefghi', 'abcdefghi']
empty: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 0, 'mtime' => 1000], '']
independent: ['abcdefghi', 'abcdefghi', true, false]
source: 'changed'
read back: ['abcdefghi', 'abcdefghi', 1234567890]
faults: [[], ['var/', 'var/b']]
