--TEST--
purge() gets past rows that are not to be purged and ends
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (range(1, 9) as $i) {
    put("var/a/$i", 'x', mtime: $i % 3 ? 1000 : -1000);
}
$batches = 0;
(new eZDBFileHandler('var/a'))->purge(static function () use (&$batches) {
    if (++$batches > 20) {
        throw new LogicException('does not end');
    }
}, false, 1);
show('left', [live(), expired()]);
?>
--EXPECT--
left: [['var/a/1', 'var/a/2', 'var/a/4', 'var/a/5', 'var/a/7', 'var/a/8'], []]
