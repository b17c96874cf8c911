<?php
/*
 * What is aimed at: the time of the extension as a share of that of the old handler and of the limit, and its
 * memory. The first entry that fits an operation counts.
 *
 *   op, sizes, rows   which; sizes and rows are from and to, both included
 *   old, limit        at most so much of the time
 *   layouts           only these
 *   memory            at most: files times the size of the file and bytes besides, or share of the old handler's
 *
 * and of the other parts
 *
 *   ratio             at most so much more, for what is compared with itself
 *   milliseconds      at most
 *   old, readfile     over HTTP: at least so many times the requests a second
 */

declare(strict_types=1);

/** Room for what PHP rounds up, and for the statistics of the process. */
const SLACK = 64 * KIB;

$upTo64 = [0, 64 * KIB];
$stores = [];
// Constant memory: that of a message of 1 MiB in two buffers.
foreach ([[KIB, 0.65], [16 * KIB, 0.3], [64 * KIB, 0.15], [MIB, 0.1], [16 * MIB, 0.06], [64 * MIB, 0.08]] as [$size, $old]) {
    foreach (['storeContents', 'fileStore'] as $op) {
        $stores[] = ['op' => $op, 'sizes' => [$size, $size], 'rows' => [0, 0], 'old' => $old, 'limit' => 1.3, 'memory' => ['bytes' => 2 * MIB]];
    }
}

return [
    ['op' => 'construct_stat', 'old' => 0.25, 'limit' => 1.5],
    ['op' => 'stat', 'rows' => [0, 0], 'old' => 0.6, 'limit' => 1.3],
    ['op' => 'exists', 'old' => 0.6, 'limit' => 1.3],
    ['op' => 'fetchContents', 'sizes' => $upTo64, 'old' => 0.5, 'limit' => 1.3, 'memory' => ['files' => 1, 'bytes' => 64 * KIB + SLACK]],
    ['op' => 'fetchContents', 'sizes' => [MIB, MIB], 'old' => 0.6, 'limit' => 1.3, 'memory' => ['files' => 1, 'bytes' => 64 * KIB + SLACK]],
    ['op' => 'fetchContents', 'sizes' => [16 * MIB, 16 * MIB], 'old' => 0.3, 'limit' => 1.3, 'memory' => ['files' => 1, 'bytes' => 64 * KIB + SLACK]],
    ['op' => 'fetchContents', 'sizes' => [64 * MIB, 64 * MIB], 'old' => 0.2, 'limit' => 1.3, 'memory' => ['files' => 1, 'bytes' => 64 * KIB + SLACK]],
    ...$stores,
    ['op' => 'fetch', 'old' => 0.6, 'limit' => 1.3],
    ['op' => 'passthrough', 'sizes' => $upTo64, 'old' => 0.4, 'limit' => 1.3, 'memory' => ['bytes' => 256 * KIB]],
    ['op' => 'passthrough', 'sizes' => [MIB, MIB], 'old' => 0.6, 'limit' => 1.3, 'memory' => ['bytes' => 256 * KIB]],
    ['op' => 'passthrough', 'sizes' => [16 * MIB, 16 * MIB], 'old' => 0.4, 'limit' => 1.3, 'memory' => ['bytes' => 256 * KIB]],
    ['op' => 'fileCopy', 'sizes' => [64 * KIB, 64 * KIB], 'old' => 0.4, 'limit' => 1.2],
    ['op' => 'fileCopy', 'sizes' => [MIB, MIB], 'old' => 0.08, 'limit' => 1.2],
    ['op' => 'fileCopy', 'sizes' => [16 * MIB, 16 * MIB], 'old' => 0.05, 'limit' => 1.2],
    ['op' => 'fileMove', 'sizes' => [16 * MIB, 16 * MIB], 'layouts' => ['id'], 'old' => 0.08],
    ['op' => 'fileMove', 'layouts' => ['id'], 'old' => 0.3],
    ['op' => 'fileDelete', 'rows' => [0, 0], 'old' => 0.75, 'limit' => 1.2],
    ['op' => 'dirlist', 'rows' => [1_000_000, 1_000_000], 'old' => 0.2, 'limit' => 1.3],
    ['op' => 'dirlist', 'old' => 0.6, 'limit' => 1.3],
    ['op' => 'wildcard', 'old' => 0.6],
    ['op' => 'getFileList', 'old' => 0.85, 'limit' => 1.1, 'memory' => ['share' => 0.75]],
    ['op' => 'processCache_hit', 'old' => 0.6, 'limit' => 1.5],
    ['op' => 'processCache_remote', 'old' => 0.45, 'limit' => 1.5],
    ['op' => 'processCache_miss', 'old' => 0.3, 'limit' => 1.5],
    // The p95 of stores, to that without a delete by wildcard beside them.
    ['op' => 'beside', 'ratio' => 2],
    // Flat, from the fewest rows to the most, beyond what the limit grows by: less is noise.
    ['op' => 'growth', 'ratio' => 1.5],
    // From the generator to the slowest of those who wait for it.
    ['op' => 'stampede', 'milliseconds' => 15],
    ['op' => 'http', 'sizes' => $upTo64, 'old' => 2.5, 'readfile' => 0.7],
    ['op' => 'http', 'sizes' => [MIB, MIB], 'old' => 1.5, 'readfile' => 0.7],
    ['op' => 'http', 'sizes' => [16 * MIB, 16 * MIB], 'old' => 1.2, 'readfile' => 0.7],
    // What a worker grows by while a file of 16 MiB goes out.
    ['op' => 'worker', 'memory' => ['bytes' => MIB]],
];
