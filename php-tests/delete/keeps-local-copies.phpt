--TEST--
Expiring a file leaves its local copy alone
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'a');
$handler = new eZDBFileHandler('var/a.txt');
$handler->fetch();
show('delete', [$handler->delete(), local_bytes('var/a.txt')]);
show('directory', [$handler->fileDelete('var'), local_bytes('var/a.txt')]);
?>
--EXPECT--
delete: [true, 'a']
directory: [true, 'a']
