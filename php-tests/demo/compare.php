<?php
// Prints the table, and compares the site with what it was before.
//   php compare.php SITE LIST

declare(strict_types=1);

require __DIR__ . '/site.php';

function chunks_by_path(): array
{
    $database = new mysqli(
        null,
        getenv('EZDB_TEST_USER'),
        getenv('EZDB_TEST_PASSWORD'),
        getenv('EZDB_DEMO_DATABASE'),
        null,
        getenv('EZDB_TEST_SOCKET'),
    );
    $rows = $database->query(
        'SELECT f.name, COUNT(d.id) FROM ezdbfile f LEFT JOIN ezdbfile_data d ON d.masterid = f.id GROUP BY f.id, f.name'
    );
    return array_column($rows->fetch_all(), 1, 0);
}

function speed(int $bytes, float $seconds): string
{
    return number_format($bytes / 1e6 / $seconds, 1);
}

function line(string $name, string $size, string $chunks, string $store, string $fetch): void
{
    global $width;
    $characters = preg_split('//u', $name, -1, PREG_SPLIT_NO_EMPTY);
    if (count($characters) > $width) {
        $name = '...' . implode('', array_slice($characters, 3 - $width));
        $characters = array_fill(0, $width, '');
    }
    echo $name, str_repeat(' ', $width - count($characters));
    printf("  %13s  %8s  %10s  %10s\n", $size, $chunks, $store, $fetch);
}

[, $site, $list] = $argv;
$files = load_list($list);
$chunks = chunks_by_path();
$width = min(80, max(5, ...array_map(fn ($file) => strlen(printable($file->path)), $files)));
$bytes = $storeSeconds = $fetchSeconds = 0;

line('file', 'size', 'chunks', 'store MB/s', 'fetch MB/s');
foreach ($files as $file) {
    line(
        printable($file->path),
        number_format($file->size),
        number_format((int) ($chunks[$file->path] ?? 0)),
        speed($file->size, $file->storeSeconds),
        speed($file->size, $file->fetchSeconds),
    );
    $bytes += $file->size;
    $storeSeconds += $file->storeSeconds;
    $fetchSeconds += $file->fetchSeconds;
}
line('total', number_format($bytes), number_format(array_sum($chunks)), speed($bytes, $storeSeconds), speed($bytes, $fetchSeconds));

$different = 0;
$expected = [];
foreach ($files as $file) {
    $expected[$file->path] = true;
    $local = "$site/$file->path";
    $found = match (true) {
        !is_file($local) => 'is missing',
        filesize($local) !== $file->size => sprintf('has %d bytes, had %d', filesize($local), $file->size),
        hash_file('sha256', $local) !== $file->checksum => 'has other bytes',
        default => null,
    };
    if ($found !== null) {
        $different++;
        echo 'DIFFERENT: ', printable($file->path), " $found\n";
    }
}
foreach (files_below($site) as $path) {
    if (!isset($expected[$path])) {
        $different++;
        echo 'DIFFERENT: ', printable($path), " was not there before\n";
    }
}
exit($different ? 1 : 0);
