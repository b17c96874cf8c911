--TEST--
An expired file that another process makes live again while purge() waits is not removed
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
put('var/a', 'stale', mtime: -1000);
db()->begin_transaction();
db()->query('UPDATE ezdbfile SET mtime = 2000');
$process = start_child_into_lock('(new eZDBFileHandler("var"))->purge();');
db()->commit();
proc_close($process);
show('still there', [live(), bytes_of('var/a'), faults()]);

put('var/b', 'stale', mtime: -1000);
$old = id_of('var/b');
db()->begin_transaction();
put('var/b', 'new');
db()->query("DELETE FROM ezdbfile_data WHERE masterid = $old");
db()->query("DELETE FROM ezdbfile WHERE id = $old");
$process = start_child_into_lock('(new eZDBFileHandler("var"))->purge();');
db()->commit();
proc_close($process);
show('replaced', [live(), bytes_of('var/b'), faults()]);
?>
--EXPECT--
still there: [['var/a'], 'stale', []]
replaced: [['var/a', 'var/b'], 'new', []]
