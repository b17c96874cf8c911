--TEST--
A local file of unknown origin is replaced, whatever its mtime and size
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'cluster', mtime: 1000000000);
foreach ([900000000, 1000000000, 1100000000, time(), time() + 1000] as $i => $mtime) {
    local('var/a.txt', 'unknown', $mtime);
    show("case $i", [(new eZDBFileHandler('var/a.txt'))->fetch(), local_bytes('var/a.txt'), local_mtime('var/a.txt')]);
}
local('var/a.txt', 'changed after the fetch');
show('changed', [(new eZDBFileHandler('var/a.txt'))->fetch(), local_bytes('var/a.txt')]);
?>
--EXPECT--
case 0: ['var/a.txt', 'cluster', 1000000000]
case 1: ['var/a.txt', 'cluster', 1000000000]
case 2: ['var/a.txt', 'cluster', 1000000000]
case 3: ['var/a.txt', 'cluster', 1000000000]
case 4: ['var/a.txt', 'cluster', 1000000000]
changed: ['var/a.txt', 'cluster']
