--TEST--
Files written with one chunk size are read and replaced with another
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 7]);
$handler = new eZDBFileHandler('var/a');
$bytes = bytes(100);
$handler->storeContents($bytes);
ini_set('ezdbfile.chunk_size', '9');
ob_start();
$handler->passthrough(13, 50);
show('read', [ob_get_clean() === substr($bytes, 13, 50), $handler->fetchContents() === $bytes, local_bytes($handler->fetch()) === $bytes]);
$handler->storeContents(strrev($bytes));
show('replaced', [$handler->fetchContents() === strrev($bytes), chunk_count(), faults()]);
?>
--EXPECT--
read: [true, true, true]
replaced: [true, 12, []]
