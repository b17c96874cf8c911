--TEST--
When the server closed the connection the next call connects anew, without a warning
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(ownUser: true);
$user = ini_get('ezdbfile.user');
local('var/a', 'local', 1000);
put('var/b', 'b');
$handler = new eZDBFileHandler('var/a');
$calls = [
    'fileStore' => static fn () => $handler->fileStore('var/a'),
    'storeContents' => static fn () => $handler->storeContents('abc'),
    'exists' => static fn () => $handler->exists(),
    'fetchContents' => static fn () => $handler->fetchContents(),
    'fetch' => static fn () => $handler->fetch(true),
    'passthrough' => static fn () => $handler->passthrough(),
    'loadMetaData' => static fn () => [$handler->loadMetaData(true), $handler->size()][1],
    'fileCopy' => static fn () => $handler->fileCopy('var/b', 'var/c'),
    'fileMove' => static fn () => $handler->fileMove('var/c', 'var/d'),
    'getFileList' => static fn () => count($handler->getFileList()),
    'delete' => static fn () => $handler->delete(),
    'purge' => static fn () => [$handler->purge(), $handler->exists()][1],
];
$handler->exists();
foreach ($calls as $label => $call) {
    foreach (column("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '$user'") as $id) {
        db()->query("KILL $id");
    }
    $closed = eventually(static fn () => value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'") === 0);
    ob_start();
    $returned = $call();
    show($label, [$closed, $returned, ob_get_clean()]);
}
show('rows', [live(), expired(), faults()]);
?>
--EXPECT--
fileStore: [true, true, '']
storeContents: [true, true, '']
exists: [true, true, '']
fetchContents: [true, 'abc', '']
fetch: [true, 'var/a', '']
passthrough: [true, true, 'abc']
loadMetaData: [true, 3, '']
fileCopy: [true, true, '']
fileMove: [true, true, '']
getFileList: [true, 3, '']
delete: [true, true, '']
purge: [true, false, '']
rows: [['var/b', 'var/d'], [], []]
