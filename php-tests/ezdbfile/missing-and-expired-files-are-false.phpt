--TEST--
What is not there, or expired, is false without any warning or exception
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/expired', 'stale', mtime: -1000);
local('var/missing', 'local');
foreach (['var/missing', 'var/expired'] as $name) {
    foreach (['fileExists', 'fileMTime', 'fileSize', 'fileType', 'fileMetadata', 'fetchFile', 'passThru', 'saveToTmpFile', 'saveToFileSystem', 'delete'] as $method) {
        $returned = eZDBFile::$method($name);
        if ($returned !== false) {
            show("$method $name", $returned);
        }
    }
    show($name, [eZDBFile::rename($name, 'var/new'), eZDBFile::copy($name, 'var/new')]);
}
show('other place', [eZDBFile::saveToFileSystem('var/missing', 'var/elsewhere'), tree(), local_bytes('var/missing')]);
show('names', array_merge(live(), expired()));
?>
--EXPECT--
var/missing: [false, false]
var/expired: [false, false]
other place: [false, ['var/', 'var/missing'], 'local']
names: ['var/expired']
