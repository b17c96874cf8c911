--TEST--
Metadata of 200 paths is remembered; the least used ones are forgotten first
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$remembered = static fn (int $i) => (new eZDBFileHandler("var/$i"))->mtime() === 1000;
for ($i = 0; $i < 500; $i++) {
    $rows[] = "('var/$i', MD5('var/$i'), 'test', 'misc', 0, 1000)";
}
put_rows($rows);
for ($i = 0; $i < 200; $i++) {
    (new eZDBFileHandler("var/$i"))->mtime();
}
db()->query('UPDATE ezdbfile SET mtime = 2000');
show('0 and 199 of 200', [$remembered(0), $remembered(199)]);
$remembered(0);
for ($i = 200; $i < 300; $i++) {
    (new eZDBFileHandler("var/$i"))->mtime();
}
show('0, used again', $remembered(0));
show('20, not used again', $remembered(20));
?>
--EXPECT--
0 and 199 of 200: [true, true]
0, used again: true
20, not used again: false
