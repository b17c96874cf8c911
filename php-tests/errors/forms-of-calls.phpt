--TEST--
Named arguments, first-class callables, references and unpacked lists are taken as PHP does
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
show('named', [$handler->fileStoreContents(filePath: 'var/a', contents: 'abc', datatype: 'text/plain'), entry('var/a')['datatype'], entry('var/a')['scope']]);
show('named output', [$handler->passthrough(length: 2)]);
local('var/b', 'b');
show('named with gaps', [$handler->fileStore('var/b', datatype: 'x/y', delete: true), entry('var/b')['datatype'], local_bytes('var/b')]);
$fetch = $handler->fetchContents(...);
$static = eZDBFile::fetchFile(...);
$exists = Closure::fromCallable([$handler, 'fileExists']);
show('callables', [$fetch(), $static('var/a'), $exists('var/a'), array_map($exists, ['var/a', 'var/none'])]);
$path = 'var/a';
$reference = &$path;
show('references', [$handler->fileExists($reference), $handler->fileFetchContents($path)]);
put('var/c/d', 'x', 'image');
$item = 'c';
$scope = 'image';
$zero = 0;
$list = [&$item];
$scopes = ['x' => &$scope];
$limit = [&$zero, 5];
show('lists of references', [$handler->getFileList($scopes, false, $limit), $handler->fileDeleteByDirList($list, 'var', ''), expired(), $handler->fetchExpiredItems($scopes, $limit)]);
show('unpacked', $handler->fileExists(...['var/a']));
show('lists keep', [$list, $scopes, $limit]);
?>
--EXPECT--
named: [true, 'text/plain', 'UNKNOWN_SCOPE']
abnamed output: [true]
named with gaps: [true, 'x/y', null]
callables: ['abc', 'abc', true, [true, false]]
references: [true, 'abc']
lists of references: [['var/c/d'], true, ['var/c/d'], ['var/c/d']]
unpacked: true
lists keep: [['c'], ['x' => 'image'], [0, 5]]
