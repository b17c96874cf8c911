--TEST--
With an expiry purge() removes what is older, expired or not, by the absolute mtime
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach ([999, -999, 1000, -1000, 1001, -1001] as $mtime) {
    put("var/a/$mtime", 'x', mtime: $mtime);
}
put('var/b', 'x', mtime: 999);
(new eZDBFileHandler('var/a'))->purge(false, false, false, 1000);
show('left', [live(), expired(), faults()]);
(new eZDBFileHandler('var/a'))->purge(false, false, false, '1001');
show('string', [live(), expired()]);
(new eZDBFileHandler('var/a'))->purge();
show('without', [live(), expired()]);
?>
--EXPECT--
left: [['var/a/1000', 'var/a/1001', 'var/b'], ['var/a/-1000', 'var/a/-1001'], []]
string: [['var/a/1001', 'var/b'], ['var/a/-1001']]
without: [['var/a/1001', 'var/b'], []]
