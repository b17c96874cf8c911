<?php
// The arithmetic of the report, on numbers that are easy to see through.

declare(strict_types=1);

require __DIR__ . '/plan.php';
require __DIR__ . '/Figures.php';
require __DIR__ . '/HttpReport.php';
require __DIR__ . '/Report.php';

$failed = 0;
$same = static function (string $what, mixed $expected, mixed $got) use (&$failed): void {
    if ($got !== $expected) {
        $failed = 1;
        printf("%s: expected %s, got %s\n", $what, json_encode($expected), json_encode($got));
    }
};
$row = static fn (string $markdown, string $start): string => preg_match('/^' . preg_quote($start, '/') . '.*$/m', $markdown, $found) ? $found[0] : '';

$same('median between two', 2.5, Figures::quantile([4, 1, 3, 2], 0.5));
$same('a quartile', 1.75, Figures::quantile([4, 1, 3, 2], 0.25));
// The second round was twice as slow for both: only pairs show that nothing differs.
$same('ratios are those of pairs', [0.5, 0.5, 0.5], Figures::ratio([[1.0, 1.0, 9.0], [2.0]], [[2.0], [4.0, 4.0]]));

$targets = require __DIR__ . '/targets.php';
$target = static fn (string $op, int $size, int $rows = 0, string $layout = 'id'): mixed => Figures::target($targets, compact('op', 'size', 'rows'), $layout)['old'] ?? null;
$same('fetchContents 64 KiB', 0.5, $target('fetchContents', 64 * KIB));
$same('fetchContents 1 MiB', 0.6, $target('fetchContents', MIB));
$same('dirlist', 0.6, $target('dirlist', KIB, 200_000));
$same('dirlist, a million', 0.2, $target('dirlist', KIB, 1_000_000));
$same('fileMove has none on hash', null, $target('fileMove', KIB, 0, 'hash'));
$same('memory of the file and a chunk', (float) (MIB + 64 * KIB + SLACK), (float) Figures::mostMemory(Figures::target($targets, ['op' => 'fetchContents', 'size' => MIB]), MIB, 0));
foreach ([...plan(false, []), ...plan(true, [])] as $entry) {
    $same(label($entry) . ' has a name', true, label($entry) !== '');
}

// id meets the target; hash misses it; on exists, the limit misses it too.
mkdir($directory = sys_get_temp_dir() . '/ezdbfile-report-' . bin2hex(random_bytes(4)));
file_put_contents("$directory/machine.md", "# Machine\n");
$lines = [];
foreach (['stat' => [10, 5, 7, 5], 'exists' => [10, 9, 9, 8]] as $op => [$old, $id, $hash, $limit]) {
    foreach (['old' => $old, 'id' => $id, 'hash' => $hash, 'limit-id' => $limit, 'limit-hash' => $limit] as $contender => $time) {
        $lines[] = json_encode(['op' => $op, 'size' => KIB, 'rows' => 0, 'contender' => $contender, 'us' => [[$time]], 'way' => 'one', 'queries' => 1, 'php' => 0, 'rss' => 0]);
    }
}
file_put_contents("$directory/operations.jsonl", implode("\n", $lines) . "\n");
$report = new Report($directory, $targets);
$markdown = $report->markdown();
$same('met', '| stat | id | 5 µs | 10 µs | 5 µs, one | 0.50 (0.50–0.50) ≤ 0.6 | 1.00 (1.00–1.00) ≤ 1.3 | 1, 1, 1 | 0 KiB, 0 KiB | 0 KiB |', $row($markdown, '| stat | id'));
$same('missed, both', 2, substr_count($row($markdown, '| stat | hash'), '❌'));
$same('out of reach', 1, substr_count($row($markdown, '| exists | id'), '≤ 0.6 ⛔'));
$same('counted', true, str_contains($markdown, 'missed: 2 (❌), and 2 to the old handler'));
$same('what is missing', ['stampede, id', 'stampede, hash', 'stampede, old handler'], array_slice($report->missing, 0, 3));
array_map('unlink', glob("$directory/*"));
rmdir($directory);
exit($failed);
