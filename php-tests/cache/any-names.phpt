--TEST--
Files of any name are generated, retrieved and found again
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$names = ["var/it's", 'var/two words', 'var/100%', 'var/under_score', 'var/[a-z]*?', "var/\u{1F600}", "var/line\nend", 'var/a.generating', 'var/.', 'var/x.php', "var/caf\u{E9}", 'var/CAFE', 'var/cafe', 'var/back\\slash', 'var//two', '/tmp.none/absolute'];
if (tables() === 'install') {
    $names[] = "var/\xff\xfe";
}
$wrong = [];
foreach ($names as $i => $name) {
    $handler = new eZDBFileHandler($name[0] === '/' ? "var$name" : $name);
    $path = $handler->filePath;
    if ($path === 'var/.') {
        continue;
    }
    $steps = [
        $handler->processCache(retrieve(), generate("made $i")),
        bytes_of($path),
        $handler->processCache(retrieve(), never()),
        claims() === ($path === 'var/a.generating' || in_array('var/a.generating', live(), true) ? ['var/a.generating'] : []),
        state($handler) === [$path, null],
    ];
    if ($steps !== ["made $i", "made $i", "got made $i", true, true]) {
        show($path, $steps);
    }
}
show('done', [count(live()) === count($names) - 1, faults()]);
?>
--EXPECT--
done: [true, []]
