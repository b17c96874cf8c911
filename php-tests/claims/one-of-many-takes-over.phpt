--TEST--
An old claim is taken over by exactly one of many processes
--CONFLICTS--
many
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$makers = [];
for ($i = 0; $i < 8; $i++) {
    // Claims of makers that live, of handlers that take no lock, and of makers that are gone.
    $makers[$i] = Process::obedient("\$handler = new eZDBFileHandler('var/living/$i');");
    $makers[$i]->run('return $handler->startCacheGeneration();');
    put_row("var/old node/$i.generating", [], ['mtime' => server_time(), 'datatype' => 'misc']);
    put_row("var/gone/$i.generating", [], ['mtime' => server_time(), 'datatype' => 'ezdbfile/claim']);
}
db()->query('UPDATE ezdbfile SET mtime = mtime - 100');
$told = all_together(12, '
    $granted = [];
    foreach (["living", "old node", "gone"] as $kind) {
        for ($i = 0; $i < 8; $i++) {
            $handlers[] = $handler = new eZDBFileHandler("var/$kind/$i");
            $answer = $handler->startCacheGeneration();
            if ($answer === true) {
                $granted[] = "$kind/$i";
            } elseif (!is_int($answer) || $answer < 1 || $answer > 60) {
                $granted[] = "wrong answer " . var_export($answer, true);
            }
        }
    }
    tell($granted);
    hear(); // keeps its claims until all have answered
');
$times = counted(array_merge(...$told));
show('claims', count($times));
show('granted more than once', array_filter($times, static fn ($times) => $times > 1));
show('makers', counted(array_map(static fn ($maker) => $maker->run('return $handler->checkCacheGenerationTimeout();'), $makers)));
show('results', counted(array_map(static fn ($maker) => $maker->run('return $handler->storeCache("x");'), $makers)));
show('end', counted(array_map(static fn ($maker) => $maker->finish(), $makers)));
show('rows', [eventually(static fn () => can_be_claimed('var/living/0')), claims(), live(), faults()]);
?>
--EXPECT--
claims: 24
granted more than once: []
makers: ['false' => 8]
results: ['x' => 8]
end: ['' => 8]
rows: [true, [], [], []]
