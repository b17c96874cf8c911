--TEST--
An old claim is taken over by exactly one of many processes
--CONFLICTS--
many
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
age_claim('var/a', 100);
$told = all_together(12, '
    $handler = new eZDBFileHandler("var/a");
    $granted = $handler->startCacheGeneration();
    tell($granted === true ? "granted" : (is_int($granted) && $granted >= 1 && $granted <= 60 ? "refused" : $granted));
    hear(); // keeps its claim until all have answered
');
show('told', counted($told));
show('maker', $maker->run('return [$handler->checkCacheGenerationTimeout(), $handler->storeCache("x")];'));
show('end', [$maker->finish(), eventually(static fn () => can_be_claimed('var/a')), claims(), live(), faults()]);
put_row('var/b.generating', [], ['mtime' => server_time() - 100, 'datatype' => 'misc']);
$told = all_together(12, '
    $handler = new eZDBFileHandler("var/b");
    tell($handler->startCacheGeneration() === true ? "granted" : "refused");
    hear();
');
show('of an old node', counted($told));
show('end', [eventually(static fn () => can_be_claimed('var/b')), claims(), faults()]);
?>
--EXPECT--
maker: true
told: ['refused' => 11, 'granted' => 1]
maker: [false, 'x']
end: ['', true, [], [], []]
of an old node: ['refused' => 11, 'granted' => 1]
end: [true, [], []]
