--TEST--
No call leaves a transaction open or a row locked
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'abc');
put('var/b', 'abc');
put('var/dead', 'abc', mtime: -1000);
local('var/a', 'local');
$handler = new eZDBFileHandler('var/a');
foreach ([
    'metaData' => static fn () => $handler->size(),
    'exists' => static fn () => $handler->exists(),
    'fileStore' => static fn () => $handler->fileStore('var/a'),
    'storeContents' => static fn () => $handler->storeContents('abc'),
    'fetch' => static fn () => $handler->fetch(true),
    'fetchContents' => static fn () => $handler->fetchContents(),
    'passthrough' => static fn () => $handler->passthrough(0, 1),
    'fileCopy' => static fn () => $handler->fileCopy('var/b', 'var/c'),
    'fileMove' => static fn () => $handler->fileMove('var/c', 'var/d'),
    'copy of a missing file' => static fn () => $handler->fileCopy('var/missing', 'var/c'),
    'move of an expired file' => static fn () => $handler->fileMove('var/dead', 'var/c'),
    'name too long' => static fn () => $handler->fileStoreContents(str_repeat('x', width('name') + 1), 'x'),
    'missing local file' => static fn () => $handler->fileStore('var/missing'),
    'getFileList' => static fn () => $handler->getFileList(),
    'delete' => static fn () => $handler->delete(),
    'wildcard' => static fn () => $handler->fileDeleteByWildcard('var/b*'),
    'bad regex' => static fn () => $handler->fileDeleteByRegex('var', '('),
    'purge' => static fn () => (new eZDBFileHandler('var/dead'))->purge(),
    'eZDBFile' => static fn () => eZDBFile::rename('var/missing', 'var/x'),
] as $label => $call) {
    ob_start();
    $call();
    ob_end_clean();
    warnings();
    if (!unlocked()) {
        echo "$label leaves a lock\n";
    }
    db()->query("ALTER TABLE ezdbfile COMMENT = '$label'"); // waits for an open transaction that only read
}
show('done', live());
?>
--EXPECT--
done: ['var/d']
