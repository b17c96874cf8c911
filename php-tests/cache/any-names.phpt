--TEST--
Files of any name are generated, retrieved and found again
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$names = ["var/it's", 'var/"quoted"', 'var/two words', 'var/100%', 'var/under_score', 'var/[a-z]*?', "var/\u{1F600}", "var/line\nend", 'var/a.generating', 'var/x.php', "var/caf\u{E9}", 'var/CAFE', 'var/cafe', 'var/;--'];
if (own_tables()) {
    $names[] = "var/\xff\xfe";
}
foreach ($names as $i => $path) {
    $handler = new eZDBFileHandler($path);
    $steps = [$handler->processCache(retrieve(), generate("made $i")), bytes_of($path), $handler->processCache(retrieve(), never()), state($handler) === [$path, null]];
    if ($steps !== ["made $i", "made $i", "got made $i", true]) {
        show($path, $steps);
    }
}
show('done', [count(live()) === count($names), array_diff($names, live()), value("SELECT COUNT(*) FROM ezdbfile WHERE datatype = 'ezdbfile/claim'"), faults()]);
?>
--EXPECT--
done: [true, [], 0, []]
