--TEST--
The mtime of a stored local file is that of the file, at least 1
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
foreach ([1234567890, 2147483647, 1, 0, -1, -86400] as $mtime) {
    local('var/a', 'x', $mtime);
    show("local $mtime", [$handler->fileStore('var/a'), entry('var/a')['mtime'], $handler->fileExists('var/a')]);
    $handler->fileDelete('var/a');
    show('expired', [entry('var/a')['mtime'], $handler->fileExists('var/a')]);
}
?>
--EXPECT--
local 1234567890: [true, 1234567890, true]
expired: [-1234567890, false]
local 2147483647: [true, 2147483647, true]
expired: [-2147483647, false]
local 1: [true, 1, true]
expired: [-1, false]
local 0: [true, 1, true]
expired: [-1, false]
local -1: [true, 1, true]
expired: [-1, false]
local -86400: [true, 1, true]
expired: [-1, false]
