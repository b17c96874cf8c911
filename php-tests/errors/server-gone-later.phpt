--TEST--
When the server cannot be reached later every method warns and returns what it returns on failure
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
put('var/a', 'abc');
local('var/local', 'local');
$handler = new eZDBFileHandler('var/a');
$handler->exists();
$handler->disconnect();
ini_set('ezdbfile.socket', scratch('no.sock'));
$calls = [
    'fileStore' => static fn () => $handler->fileStore('var/local', 'image', true),
    'fileStoreContents' => static fn () => $handler->fileStoreContents('var/a', 'x'),
    'storeContents' => static fn () => $handler->storeContents('x', 'a', 'b', true),
    'fileFetch' => static fn () => $handler->fileFetch('var/a'),
    'fetch' => static fn () => $handler->fetch(),
    'fetchUnique' => static fn () => $handler->fetchUnique(),
    'fileFetchContents' => static fn () => $handler->fileFetchContents('var/a'),
    'fetchContents' => static fn () => $handler->fetchContents(),
    'passthrough' => static fn () => $handler->passthrough(),
    'fileExists' => static fn () => $handler->fileExists('var/a'),
    'exists' => static fn () => $handler->exists(),
    'delete' => static fn () => $handler->delete(),
    'fileDelete' => static fn () => $handler->fileDelete('var/a'),
    'fileDeleteByDirList' => static fn () => $handler->fileDeleteByDirList(['a'], 'var', ''),
    'fileDeleteByWildcard' => static fn () => $handler->fileDeleteByWildcard('var/*'),
    'fileDeleteByRegex' => static fn () => $handler->fileDeleteByRegex('var', 'a'),
    'fileCopy' => static fn () => $handler->fileCopy('var/a', 'var/b'),
    'fileLinkCopy' => static fn () => $handler->fileLinkCopy('var/a', 'var/b', true),
    'fileMove' => static fn () => $handler->fileMove('var/a', 'var/b'),
    'move' => static fn () => $handler->move('var/b'),
];
foreach ($calls as $label => $call) {
    refused($label, $call, 'var', '/connect|server/i');
}
foreach (['getFileList' => [], 'fetchExpiredItems' => [['image']], 'purge' => []] as $method => $arguments) {
    $handler->$method(...$arguments);
    $said = warnings();
    show("$method warns", count($said) > 0);
}
thrown('eZDBFile::fileExists', static fn () => eZDBFile::fileExists('var/a'), eZDBFileException::class, '/connect/i');
thrown('eZDBFile::storeContentToFile', static fn () => eZDBFile::storeContentToFile('var/a', 'x', 'y'), eZDBFileException::class, '/connect/i');
show('local', [array_values(array_filter(tree(), 'is_file')), local_bytes('var/local')]);
ini_restore('ezdbfile.socket');
show('back again', [$handler->fetchContents(), live()]);
?>
--EXPECT--
fileStore: refused
fileStoreContents: refused
storeContents: refused
fileFetch: refused
fetch: refused
fetchUnique: refused
fileFetchContents: refused
fetchContents: refused
passthrough: refused
fileExists: refused
exists: refused
delete: refused
fileDelete: refused
fileDeleteByDirList: refused
fileDeleteByWildcard: refused
fileDeleteByRegex: refused
fileCopy: refused
fileLinkCopy: refused
fileMove: refused
move: refused
getFileList warns: true
fetchExpiredItems warns: true
purge warns: true
eZDBFile::fileExists: eZDBFileException
eZDBFile::storeContentToFile: eZDBFileException
local: [['var/local'], 'local']
back again: ['abc', ['var/a']]
