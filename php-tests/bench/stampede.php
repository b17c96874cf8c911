<?php
/**
 * Many processes want one missing file at once: how long after the generator is done is the slowest of
 * them? Prints a line a round, in milliseconds, and the median of all rounds.
 *
 *   php stampede.php CLASS PROCESSES ROUNDS MILLISECONDS-THAT-GENERATING-TAKES [RESULTS CONTENDER]
 *
 * RESULTS: a file that gets a line of JSON.
 */

declare(strict_types=1);

require __DIR__ . '/OldHandler.php';

$class = $argv[1];
[$processes, $rounds, $work] = array_map('intval', array_slice($argv, 2, 3));
$content = str_repeat('content ', 2048);

/** One process: waits for the start signal, reads the file, tells what it did and when it was done. */
function contender(object $handler, int $work, string $content, $start, $report, $end): never
{
    $handler->exists();
    $generated = false;
    fread($start, 1);
    $result = $handler->processCache(
        static fn (string $file) => file_get_contents($file),
        static function () use (&$generated, $work, $content) {
            $generated = true;
            usleep($work * 1000);
            return $content;
        }
    );
    fwrite($report, json_encode(['done' => hrtime(true), 'generated' => $generated, 'right' => $result === $content]) . "\n");
    // The end of a process takes longer than all of this: it must not be in the way of the others.
    fread($end, 1);
    exit;
}

$lags = [];
mkdir($nodes = sys_get_temp_dir() . '/stampede-' . bin2hex(random_bytes(4)));
for ($round = 0; $round < $rounds; $round++) {
    [$start, $started] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    // One byte a process: none may read those of the others ahead.
    stream_set_chunk_size($start, 1);
    // The end has bytes of its own: who is done early must not take the start of somebody else.
    [$end, $ended] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    stream_set_chunk_size($end, 1);
    [$report, $reported] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $path = "var/bench/stampede-$round-" . bin2hex(random_bytes(4));
    for ($i = 0; $i < $processes; $i++) {
        if (pcntl_fork() === 0) {
            // A directory of its own: a node of its own.
            mkdir($directory = "$nodes/$round-$i");
            chdir($directory);
            contender(new $class($path), $work, $content, $start, $reported, $end);
        }
    }
    fwrite($started, str_repeat('x', $processes));
    $generators = $waiters = [];
    for ($i = 0; $i < $processes; $i++) {
        $told = json_decode(fgets($report), true);
        if (!$told['right']) {
            fwrite(STDERR, "a process got something else\n");
            exit(1);
        }
        $told['generated'] ? $generators[] = $told['done'] : $waiters[] = $told['done'];
    }
    fwrite($ended, str_repeat('x', $processes));
    while (pcntl_wait($status) > 0);
    if (count($generators) !== 1) {
        fwrite(STDERR, count($generators) . " processes generated\n");
        exit(1);
    }
    $lags[] = (max($waiters) - $generators[0]) / 1e6;
    printf("round %d: %d waiters, the slowest %.1f ms after the generator\n", $round + 1, count($waiters), $lags[$round]);
}
if (isset($argv[5])) {
    file_put_contents($argv[5], json_encode(['contender' => $argv[6], 'processes' => $processes, 'milliseconds' => $lags]) . "\n", FILE_APPEND);
}
sort($lags);
printf("median: %.1f ms (%d processes, %d rounds, generating takes %d ms)\n", $lags[intdiv(count($lags), 2)], $processes, $rounds, $work);
