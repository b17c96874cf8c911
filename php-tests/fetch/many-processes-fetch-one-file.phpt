--TEST--
Processes that fetch the same files at the same time all get them whole and leave nothing else behind
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
$bytes = bytes(30000);
for ($i = 0; $i < 60; $i++) {
    put("var/$i/a", str_split($bytes, 1000));
    $names[] = "var/$i/a";
}
for ($i = 0; $i < 4; $i++) {
    $children[] = start_child('$md5 = "' . md5($bytes) . '";
        for ($i = 0; $i < 60; $i++) {
            $handler = new eZDBFileHandler("var/$i/a");
            $found = [$handler->fetch(true), md5_file("var/$i/a"), md5_file($unique = (string)$handler->fetchUnique() ?: "none"), $handler->fetch(), md5_file("var/$i/a")];
            if ($found !== ["var/$i/a", $md5, $md5, "var/$i/a", $md5]) {
                var_dump($found);
                exit(1);
            }
            unlink($unique);
        }');
}
show('exit statuses', array_map('proc_close', $children));
foreach (glob(scratch('out*')) as $file) {
    echo file_get_contents($file);
}
sort($names, SORT_STRING);
show('these files only', array_values(array_filter(tree(), 'is_file')) === $names);
?>
--EXPECT--
exit statuses: [0, 0, 0, 0]
these files only: true
