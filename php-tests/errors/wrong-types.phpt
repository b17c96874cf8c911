--TEST--
What cannot be a string or a list is a TypeError, missing arguments an ArgumentCountError, extra ones are taken
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'abc');
$handler = new eZDBFileHandler('var/a');
$strings = ['fileStore' => 0, 'fileStoreContents' => 1, 'fileFetch' => 0, 'fileFetchContents' => 0, 'fileExists' => 0, 'fileDelete' => 0, 'fileDeleteByWildcard' => 0, 'fileDeleteByRegex' => 1,
    'fileDeleteLocal' => 0, 'fileCopy' => 1, 'fileLinkCopy' => 2, 'fileMove' => 1, 'move' => 0];
foreach ($strings as $method => $more) {
    foreach ([['an array'], new stdClass(), fopen('php://memory', 'r')] as $value) {
        try {
            $returned = $handler->$method($value, ...array_fill(0, $more, 'var/x'));
            show("$method " . dump($value), $returned);
        } catch (TypeError $e) {
            if (get_class($e) !== TypeError::class) {
                show($method, get_class($e));
            }
        }
    }
    thrown("$method without arguments", static fn () => $handler->$method(), ArgumentCountError::class, "/$method/");
}
thrown('dir list', static fn () => $handler->fileDeleteByDirList('var', 'var', ''), TypeError::class);
thrown('item of a dir list', static fn () => $handler->fileDeleteByDirList([['x']], 'var', ''), TypeError::class);
thrown('scopes', static fn () => $handler->fetchExpiredItems(7), TypeError::class);
thrown('fileDeleteByDirList', static fn () => $handler->fileDeleteByDirList(['a'], 'b'), ArgumentCountError::class);
thrown('isFileExpired', static fn () => eZDBFileHandler::isFileExpired('a', 1), ArgumentCountError::class);
thrown('isExpired', static fn () => $handler->isExpired(1), ArgumentCountError::class);
thrown('cleanPath', static fn () => eZDBFileHandler::cleanPath(), ArgumentCountError::class);
thrown('storeContents', static fn () => $handler->storeContents(), ArgumentCountError::class);
show('extra arguments', [$handler->fileExists('var/a', 1, 2, 3), $handler->fetchContents('x'), $handler->exists(true), eZDBFileHandler::cleanPath('a//b', 'x'), $handler->fileFetchContents('var/a', null, [])]);
show('unchanged', [live(), expired(), bytes_of('var/a'), tree()]);
?>
--EXPECT--
fileStore without arguments: ArgumentCountError
fileStoreContents without arguments: ArgumentCountError
fileFetch without arguments: ArgumentCountError
fileFetchContents without arguments: ArgumentCountError
fileExists without arguments: ArgumentCountError
fileDelete without arguments: ArgumentCountError
fileDeleteByWildcard without arguments: ArgumentCountError
fileDeleteByRegex without arguments: ArgumentCountError
fileDeleteLocal without arguments: ArgumentCountError
fileCopy without arguments: ArgumentCountError
fileLinkCopy without arguments: ArgumentCountError
fileMove without arguments: ArgumentCountError
move without arguments: ArgumentCountError
dir list: TypeError
item of a dir list: TypeError
scopes: TypeError
fileDeleteByDirList: ArgumentCountError
isFileExpired: ArgumentCountError
isExpired: ArgumentCountError
cleanPath: ArgumentCountError
storeContents: ArgumentCountError
extra arguments: [true, 'abc', true, 'a/b', 'abc']
unchanged: [['var/a'], [], 'abc', []]
