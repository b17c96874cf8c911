<?php
/*
 * One of the most frequent operations so often, and nothing else: what counts instructions subtracts a run of
 * N calls from one of 2 N, so that starting PHP is not in the difference.
 *
 *   php instructions.php OPERATION CALLS
 *   php instructions.php prepare          makes what the operations need, in the tables and here
 */

declare(strict_types=1);

// More files than are remembered for the length of a request.
const FILES = 256;
const BYTES = 4096;

$path = static fn (int $i): string => 'var/bench/counted/' . $i % FILES . '.png';
$content = str_repeat('content ', BYTES / 8);
$retrieve = static fn (string $file) => file_get_contents($file);
$generate = static fn () => throw new LogicException('generated what is there');
$handler = new eZDBFileHandler($path(0));

$operations = [
    'construct and stat' => static fn (int $i) => (new eZDBFileHandler($path($i)))->stat(),
    'exists' => static fn (int $i) => $handler->exists(),
    'fetchContents 4 KiB' => static fn (int $i) => $handler->fetchContents(),
    'processCache, hit' => static fn (int $i) => (new eZDBFileHandler($path($i)))->processCache($retrieve, $generate),
    'storeContents 4 KiB' => static fn (int $i) => $handler->storeContents($content, 'image', 'image/png'),
    'fetch, current local copy' => static fn (int $i) => (new eZDBFileHandler($path($i)))->fetch(),
];
if ($argv[1] === 'prepare') {
    for ($i = 0; $i < FILES; $i++) {
        (new eZDBFileHandler($path($i)))->storeContents($content, 'image', 'image/png');
        (new eZDBFileHandler($path($i)))->fetch();
    }
    echo implode("\n", array_keys($operations)), "\n";
    exit;
}
$operation = $operations[$argv[1]];
for ($i = 0; $i < (int) $argv[2]; $i++) {
    if (!$operation($i)) {
        throw new RuntimeException("wrong result of $argv[1]");
    }
}
