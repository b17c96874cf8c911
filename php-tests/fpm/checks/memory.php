<?php
// One worker and thousands of requests, good and bad, each answered as it should be: the worker does not
// grow. EZDB_TEST_REQUESTS says how many.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

const REQUESTS = 3000;
const FIRST = 1000;
/**
 * KiB: twice the step by which malloc enlarges its heap (M_TOP_PAD), which one request that is larger than
 * all before it, or a hole that does not fit, brings about at any time. In 100,000 requests the loss of 3
 * bytes in each is more.
 */
const SLACK = 256;

mt_srand(1);
$bytes = implode('', array_map(fn () => hash('sha512', (string) mt_rand(), true), range(1, 1500)));
$part = fn (int $from, int $length): string => "\r\nContent-Type: image/png\r\nContent-Range: bytes $from-" . $from + $length - 1 . "/96000\r\n\r\n"
    . substr($bytes, $from, $length) . "\r\n--boundary";
$exhausted = "\nFatal error: Allowed memory size of";
/** Of pages/mix.php: what it is asked for, and its answer as simplified() shows it. */
$answers = [
    'store' => 'true',
    'store with a copy' => 'true',
    'store a local file' => 'true 96000 true true',
    'small chunks' => 'true true',
    'fetch' => "96000 'var/fpm/storage/images/file' 96000 true",
    'unique' => 'true',
    'ask' => "true 96000 'image/png' 7 NULL false NULL",
    'list' => 'array array',
    'copy, move' => 'warning true true false true',
    'delete, purge' => 'warning true true true false',
    'patterns' => 'warning true true false true',
    'pass' => '{file}true',
    'pass a part' => substr($bytes, 70_000, 10) . 'warning true false',
    'pass and leave' => '{part}',
    'pass and throw' => '{part}LogicException',
    'pass and fetch' => '{file}true',
    'pass and fail' => "{part}$exhausted",
    'page, new' => "true 'made'",
    'page, old' => "'made' 'made'",
    'page in a page' => "'inner'",
    'page, thrown' => 'LogicException',
    'page, left' => 'is left',
    'page, failed' => $exhausted,
    'page, uncaught' => "\nFatal error: Uncaught LogicException: on purpose",
    'text that fails' => $exhausted,
    'class that fails' => $exhausted,
    'warning that fails' => $exhausted,
    'header that fails' => $exhausted,
    'claim' => 'true true true true',
    'wrong types' => 'ArgumentCountError TypeError TypeError TypeError TypeError Error Exception ValueError TypeError ArgumentCountError',
    'missing' => 'warning warning warning false false false false eZDBFileException false',
    'damaged' => 'warning warning false false eZDBFileException',
    'low level' => 'true 96000 true true true',
    'a class of its own' => '96000 2',
    'status' => 'array true',
    'other settings' => 'true true',
    'new connection' => 'NULL true',
    'serve' => '{file}',
    'serve ranges' => '--boundary' . $part(0, 10) . $part(50, 10) . $part(95_995, 5) . "--\r\n",
    'serve a range' => substr($bytes, 70_000, 10),
    'serve no range' => '416',
    'serve the unchanged' => '304',
    'serve nothing' => '404',
    'serve and leave' => '',
];

$handler = new eZDBFileHandler();
$handler->fileStoreContents('var/fpm/storage/images/file', $bytes, 'image', 'image/png');
$handler->fileStoreContents('var/fpm/storage/images/other', $bytes, 'image', 'image/png');
$handler->fileStoreContents('var/fpm/damaged', 'damaged');
admin()->query('UPDATE ' . ini_get('ezdbfile.database') . ".ezdbfile SET size = 9 WHERE name = 'var/fpm/damaged'");

$requests = max(2 * FIRST, (int) (getenv('EZDB_TEST_REQUESTS') ?: REQUESTS));
$fpm = fpm();
$pid = $fpm->get('use.php')->data()['pid'];
$first = null;
$done = 0;
$tell = FIRST;
while ($done < $requests) {
    // The next request waits while one is worked on, so that the worker is never idle.
    $inFlight = [];
    foreach ($answers as $do => $answer) {
        $inFlight[$do] = $fpm->start('mix.php', ['do' => $do]);
        if (count($inFlight) > 1) {
            settle($inFlight);
        }
    }
    settle($inFlight);
    $gone = $fpm->start('mix.php', ['do' => 'pass']);
    $gone->abandonAfter(10_000);
    $done += count($answers) + 1;
    expect('the worker', $pid, $fpm->get('use.php')->data()['pid']);
    $after = resident($pid);
    $first ??= $done >= FIRST ? $after : null;
    if ($done >= $tell) {
        echo "# $done requests: $after KiB\n";
        $tell += $requests / 10;
    }
}

$growth = $after - $first;
expect("KiB that the worker has grown since request " . FIRST . ', no more than ' . SLACK . ": $growth", true, $growth <= SLACK);
expect_soon('connections open, those of this process and with other settings included', true, fn () => open_connections() <= 3);

/** Waits for the oldest request and looks at its answer. */
function settle(array &$inFlight): void
{
    global $answers;
    $do = array_key_first($inFlight);
    expect($do, $answers[$do], simplified($inFlight[$do]->finish()));
    unset($inFlight[$do]);
}

/** The body without what differs each time: the file, or a part of it, in front; where an error was; or a status. */
function simplified(FastCgiResponse $response): string
{
    global $bytes;
    $body = $response->body;
    $same = strspn($body ^ $bytes, "\0");
    if ($same > 1000) {
        $body = ($same === strlen($bytes) ? '{file}' : '{part}') . substr($body, $same);
    }
    $body = preg_replace(['/^(.*?\nFatal error: (?:Uncaught \w+: on purpose|Allowed memory size of)).*$/s', '/^(--)[0-9a-f]{32}|(?<=\r\n--)[0-9a-f]{32}/'], ['$1', '$1boundary'], $body);
    return $response->status >= 300 ? (string) $response->status : $body;
}

/** KiB of memory of a process. */
function resident(int $pid): int
{
    preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents("/proc/$pid/status"), $m);
    return (int) $m[1];
}
