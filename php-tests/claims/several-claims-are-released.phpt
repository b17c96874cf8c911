--TEST--
All claims that a script leaves open are released, in the callbacks and beside them
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$process = Process::start('
    $kept = [];
    foreach (range(1, 30) as $i) {
        $kept[] = $handler = new eZDBFileHandler("var/$i");
        $handler->startCacheGeneration();
    }
    (new eZDBFileHandler("var/outer"))->processCache(null, function () {
        (new eZDBFileHandler("var/inner"))->processCache(null, function () {
            tell("claimed");
            hear();
            exit;
        });
    });
');
show('claimed', [$process->hear(), count(claims())]);
show('end', [$process->finish(), claims(), live()]);
$free = array_filter([...range(1, 30), 'outer', 'inner'], static fn ($name) => can_be_claimed("var/$name"));
show('free', [count($free), faults()]);
?>
--EXPECT--
claimed: ['claimed', 32]
end: ['', [], []]
free: [32, []]
