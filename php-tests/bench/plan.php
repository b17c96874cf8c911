<?php
// What is measured, in this order: rows only grow. Each entry: operation, bytes of the file, rows that
// the tables are filled with, for 0 only what the operation makes itself.

declare(strict_types=1);

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * @param list<int> $sizes empty: those of the targets
 * @return list<array{op: string, size: int, rows: int}>
 */
function plan(bool $quick, array $sizes): array
{
    $each = static fn (string $op, array $of): array => array_map(
        static fn (int $size): array => ['op' => $op, 'size' => $size, 'rows' => 0],
        $sizes === [] ? $of : $sizes
    );
    $at = static fn (int $rows, array $operations): array => array_map(
        static fn (string $op): array => ['op' => $op, 'size' => $op === 'beside' ? 16 * KIB : KIB, 'rows' => $rows],
        $operations
    );
    $small = [KIB, 16 * KIB, 64 * KIB];
    $all = $quick ? [KIB, 64 * KIB, MIB] : [...$small, MIB, 16 * MIB, 64 * MIB];
    $most = $quick ? $all : [...$small, MIB, 16 * MIB];
    [$few, $middle, $many] = $quick ? [600, 800, 1_000] : [1_000, 200_000, 1_000_000];
    return [
        ...array_map(static fn (string $op): array => ['op' => $op, 'size' => KIB, 'rows' => 0], ['construct_stat', 'stat', 'exists']),
        ...$each('fetchContents', $all),
        ...$each('storeContents', $all),
        ...$each('fileStore', $all),
        ...$each('fetch', $all),
        ...$each('passthrough', $most),
        ...$each('fileCopy', $quick ? $all : [64 * KIB, MIB, 16 * MIB]),
        ...$each('fileMove', $quick ? $all : [KIB, MIB, 16 * MIB]),
        ...$each('fileDelete', $quick ? $all : [KIB, MIB]),
        ...array_map(
            static fn (string $op): array => ['op' => $op, 'size' => 16 * KIB, 'rows' => 0],
            ['processCache_hit', 'processCache_remote', 'processCache_miss']
        ),
        ...$at($few, ['stat', 'storeContents', 'fileDelete', 'dirlist']),
        ...$at($middle, ['dirlist', 'wildcard', 'beside', 'getFileList']),
        ...$at($many, ['stat', 'storeContents', 'fileDelete', 'dirlist']),
    ];
}

/** @param array{op: string, size: int, rows: int} $entry */
function label(array $entry): string
{
    $sized = ['fetchContents', 'storeContents', 'fileStore', 'fetch', 'passthrough', 'fileCopy', 'fileMove', 'fileDelete'];
    return $entry['op']
        . (in_array($entry['op'], $sized, true) && !$entry['rows'] ? ' ' . size_name($entry['size']) : '')
        . ($entry['rows'] ? ', ' . number_format($entry['rows']) . ' rows' : '');
}

function size_name(int $bytes): string
{
    return $bytes >= MIB ? intdiv($bytes, MIB) . ' MiB' : ($bytes >= KIB ? intdiv($bytes, KIB) . ' KiB' : "$bytes bytes");
}
