--TEST--
A scope that does not fit the seed's column is cut alike when writing and when asking
--SKIPIF--
<?php
if ((getenv('EZDB_TEST_TABLES') ?: 'seed') !== 'seed') die('skip for the tables of the seed document');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$scope = 'abcdefghijklmnopqrstuvwxy';
$handler = new eZDBFileHandler('var/b');
$handler->fileStoreContents('var/a', 'a', $scope);
$handler->storeContents('b', $scope);
local('var/c', 'c');
$handler->fileStore('var/c', $scope);
$handler->fileStoreContents('var/other', 'x', 'abcdefghijklmnopqrs');
show('no warnings', warnings());
show('stored', column("SELECT DISTINCT scope FROM ezdbfile WHERE name <> 'var/other'"));
$sorted = static function (array $names) {
    sort($names);
    return $names;
};
show('getFileList', $sorted($handler->getFileList([$scope])));
show('others', $sorted($handler->getFileList([$scope], true)));
$handler->fileDelete('var');
show('fetchExpiredItems', $sorted($handler->fetchExpiredItems([$scope])));
?>
--EXPECT--
no warnings: []
stored: ['abcdefghijklmnopqrst']
getFileList: ['var/a', 'var/b', 'var/c']
others: ['var/other']
fetchExpiredItems: ['var/a', 'var/b', 'var/c']
