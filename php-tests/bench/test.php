<?php
// The arithmetic of the report, on numbers that are easy to see through.

declare(strict_types=1);

require __DIR__ . '/plan.php';
require __DIR__ . '/Contender.php';
require __DIR__ . '/Figures.php';
require __DIR__ . '/HttpReport.php';
require __DIR__ . '/InstructionsReport.php';
require __DIR__ . '/Missed.php';
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
// Between the 6th and the 16th of 21 values.
$decided = static fn (float $bound): bool => Figures::decides(range(21, 1), $bound);
$same('a median is below', [true, false], [$decided(16.5), $decided(16)]);
$same('a median is above', [true, false], [$decided(5.5), $decided(6)]);
$same('too few values', false, Figures::decides([1, 1, 1, 1], 9));

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

$order = static fn (int $round): string => implode(' ', array_keys(Contender::inTurns(['old' => 1, 'id' => 2, 'hash' => 3], $round)));
$same('turned round every round', ['old id hash', 'hash id old', 'old id hash'], array_map($order, [0, 1, 2]));

mkdir($directory = sys_get_temp_dir() . '/ezdbfile-report-' . bin2hex(random_bytes(4)));
file_put_contents("$directory/machine.md", "# Machine\n");
/** The report on one call of each contender: its time, or none where it was not measured. */
$report = static function (array $operations, array $more = []) use ($directory, $targets): array {
    $lines = [];
    foreach ($operations as $op => $times) {
        foreach (array_combine(['old', 'id', 'hash', 'limit-id', 'limit-hash', 'same-id', 'same-hash'], $times) as $contender => $time) {
            $line = ['op' => $op, 'size' => KIB, 'rows' => 0, 'contender' => $contender, 'us' => [[$time]], 'way' => 'one', 'queries' => 1, 'php' => 0, 'rss' => 0];
            $lines[] = $time === null ? '' : json_encode(array_merge($line, $more[$contender] ?? [])) . "\n";
        }
    }
    file_put_contents("$directory/operations.jsonl", implode($lines));
    $report = new Report($directory, $targets);
    return [$report->markdown(), $report->missing];
};

// id meets the target; hash misses it; on exists, the limit misses the one to the old handler too.
[$markdown, $missing] = $report(['stat' => [10, 5, 7, 5, 5, 4, 5], 'exists' => [10, 9, 9, 8, 8, 8, 8]]);
$same(
    'met',
    '| stat | id | 5 µs | 10 µs | 5 µs, one | 0.50 (0.50–0.50) ≤ 0.6 | 1.00 (1.00–1.00) ≤ 1.3 | 1.25 (1.25–1.25) | 1, 1, 1 | 0 KiB, 0 KiB | 0 KiB |',
    $row($markdown, '| stat | id')
);
$same('missed, both', 2, substr_count($row($markdown, '| stat | hash'), '❌'));
$same('out of reach', 1, substr_count($row($markdown, '| exists | id'), '≤ 0.6 ⛔'));
$same('counted', true, str_contains($markdown, 'missed: 2 (❌), and 2 (⛔)'));
$same('what is missing', ['stampede, id', 'stampede, hash', 'stampede, old handler'], array_slice($missing, 0, 3));
$same('no share of PHP', false, str_contains($markdown, 'PHP alone'));

// Rounds that differ: the medians are 0.4 and 0.7 of the old handler, and both near enough to 0.6 not to tell.
$times = static fn (float ...$times): array => ['us' => array_map(static fn (float $time): array => [$time], $times)];
$eight = static fn (float $time): array => $times(...array_fill(0, 8, $time));
[$markdown] = $report(
    ['stat' => [10, 4, 7, 20, 20, 20, 5]],
    ['old' => $eight(10), 'id' => $times(3, 3, 4, 4, 4, 4, 5, 7), 'hash' => $times(5, 6, 6, 7, 7, 7, 8, 8)]
        + array_map($eight, ['limit-id' => 20, 'limit-hash' => 20, 'same-id' => 3, 'same-hash' => 5])
);
$same('not decided', true, str_contains($markdown, "Of the ❌, 1 are not decided, and\nof those that were met 1:"));
[$markdown] = $report(
    ['stat' => [10, 4, 7, 20, 20, 20, 5]],
    ['old' => $eight(10), 'id' => $eight(4), 'hash' => $eight(7)]
        + array_map($eight, ['limit-id' => 20, 'limit-hash' => 20, 'same-id' => 3, 'same-hash' => 5])
);
$same('decided', true, str_contains($markdown, "Of the ❌, 0 are not decided, and\nof those that were met 0:"));

// On id, the same statements in C meet the target to the limit; on hash they miss it, and of the one to the old handler too.
[$markdown] = $report(['stat' => [10, 7, 7, 4, 4, 5, 6.5]]);
$same('in reach', 1, substr_count($row($markdown, '| stat | id'), '≤ 0.6 ❌ | 1.75 (1.75–1.75) ≤ 1.3 ❌ | 1.40'));
$same('out of reach of the same statements', 2, substr_count($row($markdown, '| stat | hash'), '⛔'));
$same('how far it is', '| stat | id | 5.2 µs | 7.0 µs | 5.0 µs | 0.2 µs | 2.0 µs |', $row(strstr($markdown, 'How far'), '| stat | id'));
$same('not out of reach', '', $row(strstr($markdown, 'How far'), '| stat | hash'));
// Slower than the extension, it shows nothing.
[$markdown] = $report(['stat' => [10, 7, 7, 4, 4, 7.5, 7]]);
$same('nothing shows', '| stat | id | 5.2 µs | 7.0 µs | 7.5 µs | – | – |', $row(strstr($markdown, 'How far'), '| stat | id'));
$same('no excuse', 2, substr_count($row($markdown, '| stat | id'), '❌'));
$same('as slow', 2, substr_count($row($markdown, '| stat | hash'), '⛔'));
// What PHP takes for itself nobody can leave out.
[$markdown] = $report(['stat' => [10, 7, 7, 4, 4, 5, 5]], ['hash' => ['own' => [1.5, 1.5]]]);
$same('in reach without', 2, substr_count($row($markdown, '| stat | id'), '❌'));
$same('out of reach with', 2, substr_count($row($markdown, '| stat | hash'), '⛔'));
// In a new request the same in C has a page of its own, and most of that share in it.
[$markdown] = $report(['construct_stat' => [10, 3, 3, 2, 2, 2.4, 2.4]], ['id' => ['own' => [0.5]]]);
$same('in reach on a page', 1, substr_count($row($markdown, '| construct and stat in a new request | id'), '0.30 (0.30–0.30) ≤ 0.25 ❌'));
// Where there is no limit, the same statements tell what can be reached.
[$markdown, $missing] = $report(['fileMove' => [10, 6, 6, null, null, 4, null]]);
$same('fileMove', 1, substr_count($row($markdown, '| fileMove 1 KiB | id'), '≤ 0.3 ⛔ |  | 1.50 (1.50–1.50) |'));
$same('one of the same is missing', ['fileMove 1 KiB, the same in C of hash'], array_slice($missing, 0, 1));
[, $missing] = $report(['wildcard' => [10, 6, 6, null, null, null, null]]);
$same('wildcard has none', 'stampede, id', $missing[0]);
[, $missing] = $report(['stat' => [10, 6, 6, 4, 4, 5, 5]], ['same-hash' => ['queries' => 2]]);
$same('not the same', 'stat, the same in C of hash: 2 queries, the extension has 1', $missing[0]);
[$markdown] = $report(['stat' => [10, 5, 5, 5, 5, 5, 5]], ['id' => ['own' => [1, 2, 3, 4, 5]]]);
$same("PHP's share", '| stat | id | 3.0 µs (2.0–4.0) |', $row(strstr($markdown, 'PHP alone'), '| stat | id'));
// Over HTTP, what the same in C misses is out of reach, unless it is the slower one.
$http = static function (int $same_rate) use ($directory, $report, $row): string {
    $rates = ['static' => 9000, 'readfile' => 1000, 'old' => 200, 'ezdbfile' => 450, 'ezdbfile-copies' => 700, 'same' => $same_rate];
    $lines = array_map(static fn (string $contender, int $rate): string => json_encode(['contender' => $contender, 'size' => 4096, 'rates' => [$rate]]) . "\n", array_keys($rates), $rates);
    file_put_contents("$directory/http.jsonl", implode($lines));
    return $row($report([])[0], '| 4 KiB');
};
$same(
    'over HTTP',
    '| 4 KiB | 9000 | 1000 | 200 | 450 | 700 | 500 | 2.25 (2.25–2.25) ≥ 2.5 ❌ | 0.45 (0.45–0.45) ≥ 0.7 ⛔ | 0.90 (0.90–0.90) |',
    $http(500)
);
$same('over HTTP, nothing shows', 2, substr_count($http(400), '❌'));
// Instructions are compared with the report before, if they were counted in the same way.
$counted = static function (string $how, int $instructions, string $earlier) use ($row): string {
    $line = ['operation' => 'exists', 'layout' => 'id', 'instructions' => $instructions, 'how' => $how];
    return $row((new InstructionsReport([$line], $earlier))->markdown(), '| exists');
};
$earlier = (new InstructionsReport([['operation' => 'exists', 'layout' => 'id', 'instructions' => 20_000, 'how' => 'perf']], ''))->markdown();
$same('none before', '| exists | id | 20,000 | – |', $row($earlier, '| exists'));
$same('more', '| exists | id | 21,000 | 20,000: +5.0 % ❗ |', $counted('perf', 21_000, $earlier));
$same('hardly more', '| exists | id | 20,200 | 20,000: +1.0 % |', $counted('perf', 20_200, $earlier));
$same('less', '| exists | id | 15,000 | 20,000: -25.0 % |', $counted('perf', 15_000, $earlier));
$same('counted otherwise', '| exists | id | 21,000 | – |', $counted('callgrind', 21_000, $earlier));
array_map('unlink', glob("$directory/*"));
rmdir($directory);
exit($failed);
