--TEST--
An expired file that another process makes live again while purge() waits is not removed
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
put('var/a', 'stale', mtime: -1000);
db()->begin_transaction();
make_live(2000);
$process = start_child_into_lock('(new eZDBFileHandler("var"))->purge();');
db()->commit();
proc_close($process);
show('still there', [live(), bytes_of('var/a'), faults()]);

put('var/b', 'stale', mtime: -1000);
db()->begin_transaction();
replace('var/b', 'new');
$process = start_child_into_lock('(new eZDBFileHandler("var"))->purge();');
db()->commit();
proc_close($process);
show('replaced', [live(), bytes_of('var/b'), faults()]);
?>
--EXPECT--
still there: [['var/a'], 'stale', []]
replaced: [['var/a', 'var/b'], 'new', []]
