--TEST--
When the database refuses in the middle of a batch nothing of the batch is removed
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach ([1, 2, 3] as $i) {
    put("var/a/$i", 'x', mtime: -1000);
}
break_on('DELETE', 'ezdbfile', "OLD.name = 'var/a/2'");
local('var/a/1', 'local');
(new eZDBFileHandler('var/a'))->purge();
$said = warnings();
show('warning', [count($said) > 0, str_contains($said[0] ?? '', 'var/a') && str_contains($said[0] ?? '', 'broken on purpose')]);
show('rows', [expired(), faults(), unlocked()]);
repair();
(new eZDBFileHandler('var/a'))->purge();
show('works again', [expired(), faults(), local_bytes('var/a/1')]);
?>
--EXPECT--
warning: [true, true]
rows: [['var/a/1', 'var/a/2', 'var/a/3'], [], true]
works again: [[], [], null]
