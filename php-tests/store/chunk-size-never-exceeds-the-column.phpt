--TEST--
A chunk size larger than the column or than a packet of the server is made smaller
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 64 * 1024 * 1024]);
$holds = ['blob' => 65535, 'mediumblob' => 16777215, 'longblob' => 4294967295];
$type = value("SELECT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ezdbfile_data' AND COLUMN_NAME = 'filedata'");
ini_set('memory_limit', '512M');
$bytes = bytes(20000000);
$handler = new eZDBFileHandler('var/a');
show('stored', $handler->storeContents($bytes));
$longest = value('SELECT MAX(LENGTH(filedata)) FROM ezdbfile_data');
show('fits the column', $longest <= $holds[$type]);
show('fits a packet', $longest < value('SELECT @@GLOBAL.max_allowed_packet'));
show('read back', $handler->fetchContents() === $bytes);
show('faults', faults());
?>
--EXPECT--
stored: true
fits the column: true
fits a packet: true
read back: true
faults: []
