--TEST--
A list of many names is whole and takes memory for the list, not for the table twice
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
for ($i = 0; $i < 20000; $i++) {
    $rows[] = sprintf("('var/cache/%08d/%s', MD5('%d'), 'viewcache', 'misc', 0, 1)", $i, str_repeat('x', 180), $i);
    if (count($rows) === 2000) {
        put_rows($rows);
        $rows = [];
    }
}
$handler = new eZDBFileHandler();
$handler->fileExists('warm/up');
$before = memory_get_usage();
$names = $handler->getFileList(['viewcache']);
$list = memory_get_usage() - $before;
$peak = memory_get_peak_usage() - $before;
sort($names);
show('names', [count($names), $names === column('SELECT name FROM ezdbfile ORDER BY name')]);
show('memory', !memory_is_limited() || $peak < 1.5 * $list);
?>
--EXPECT--
names: [20000, true]
memory: true
