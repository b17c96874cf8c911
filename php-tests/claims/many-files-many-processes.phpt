--TEST--
Processes that generate many files in different orders make each once, and nothing is left over
--CONFLICTS--
many
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$told = all_together(16, '
    $order = range(1, 20);
    mt_srand(getmypid());
    shuffle($order);
    $wrong = [];
    foreach ($order as $i) {
        $result = (new eZDBFileHandler("var/$i"))->processCache(
            static fn ($path) => file_get_contents($path),
            static function ($path) use ($i) {
                note("generated $i");
                return "content $i";
            }
        );
        if ($result !== "content $i") {
            $wrong[] = $result;
        }
    }
    tell([$wrong, warnings()]);
');
show('told', array_unique($told, SORT_REGULAR));
$notes = counted(notes());
show('generated', [count($notes), array_values(array_unique($notes))]);
show('rows', [count(live()), claims(), faults(), unlocked()]);
?>
--EXPECT--
told: [[[], []]]
generated: [20, [1]]
rows: [20, [], [], true]
