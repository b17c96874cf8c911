<?php
/*
 * Data for the picture: megabytes a second by size of the file, a column for each contender, a file for each
 * operation.
 *
 *   php throughput.php DIRECTORY
 */

declare(strict_types=1);

require __DIR__ . '/plan.php';
require __DIR__ . '/Figures.php';

$directory = $argv[1];
$lines = static fn (string $name): array => array_map(
    static fn (string $line): array => json_decode($line, true),
    is_file("$directory/$name.jsonl") ? file("$directory/$name.jsonl") : []
);
$columns = ['storeContents' => [], 'fetchContents' => [], 'passthrough' => []];
foreach ($lines('operations') as $line) {
    if (isset($columns[$line['op']]) && !$line['rows']) {
        // Bytes in a microsecond are megabytes in a second.
        $columns[$line['op']][$line['size']][$line['contender']] = $line['size'] / Figures::quartiles($line['us'])[0];
    }
}
foreach ($lines('http') as $line) {
    if (isset($line['rates'])) {
        $columns['http'][$line['size']][$line['contender']] = Figures::quantile($line['rates'], 0.5) * $line['size'] / 1e6;
    }
}
foreach ($columns as $op => $sizes) {
    $names = $op === 'http' ? ['static', 'readfile', 'old', 'ezdbfile', 'ezdbfile-copies'] : ['limit-id', 'limit-hash', 'old', 'id', 'hash'];
    $text = "size\t" . implode("\t", $names) . "\n";
    foreach ($sizes as $size => $rates) {
        $text .= $size . "\t" . implode("\t", array_map(static fn (string $name): string => isset($rates[$name]) ? sprintf('%.3f', $rates[$name]) : 'NaN', $names)) . "\n";
    }
    file_put_contents("$directory/$op.tsv", $text);
}
