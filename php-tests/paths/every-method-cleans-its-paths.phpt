--TEST--
Methods that take a path clean it before they use it
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var//a\\b.txt/');
show('filePath', $handler->filePath);
show('name()', $handler->name());
$handler->fileStoreContents('var\\a//b.txt', 'b');
local('var/a/c.txt', 'c');
$handler->fileStore('var///a/c.txt', 'image');
show('stored', live());
show('fileExists', $handler->fileExists('var//a/b.txt'));
show('fileFetchContents', $handler->fileFetchContents('var\\a\\b.txt'));
show('fileFetch', $handler->fileFetch('var//a//b.txt'));
show('fetchContents', $handler->fetchContents());
$handler->fileCopy('var//a//b.txt', 'var//a//d.txt');
$handler->fileLinkCopy('var//a//b.txt', 'var//a//e.txt', true);
$handler->fileMove('var//a//d.txt', 'var//a//f.txt/');
$handler->move('var//a\\g.txt');
show('copied and moved', live());
$handler->fileDelete('var//a//c.txt');
$handler->fileDeleteByWildcard('var//a//e*');
$handler->fileDeleteByDirList(['g'], 'var//a/', '');
$handler->fileDeleteByRegex('var//a/', 'f');
show('left', live());
$handler->fileDeleteLocal('var//a//c.txt');
show('local', tree());
?>
--EXPECT--
filePath: 'var/a/b.txt'
name(): 'var/a/b.txt'
stored: ['var/a/b.txt', 'var/a/c.txt']
fileExists: true
fileFetchContents: 'b'
fileFetch: 'var/a/b.txt'
fetchContents: 'b'
copied and moved: ['var/a/c.txt', 'var/a/e.txt', 'var/a/f.txt', 'var/a/g.txt']
left: ['var/a/g.txt']
local: ['var/', 'var/a/', 'var/a/b.txt']
