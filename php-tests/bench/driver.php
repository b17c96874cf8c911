<?php
/*
 * Has the contenders do the operations of plan.php in turns, and writes what it measured, a line of JSON
 * for each operation and contender. Started by run.sh.
 *
 *   php driver.php [--quick] [--only=REGEX] [--sizes=BYTES,...] [--rounds=N] [--budget=MILLISECONDS] RESULTS
 *
 * The order of the contenders is turned round every round, so that none of them always follows the same one.
 * Ratios are those of the medians of one round; the driver leaves it to the report to sum them up. Unless it is told how many
 * rounds, it adds some where those there are do not tell whether a target is met.
 */

declare(strict_types=1);

require __DIR__ . '/plan.php';
require __DIR__ . '/Contender.php';
require __DIR__ . '/Figures.php';
require __DIR__ . '/Tables.php';

final class Driver
{
    private const MOST_CALLS = 200;
    /** For the rounds of one operation, unless five of them take longer. */
    private const MOST_SECONDS = 30;
    /** So many times the rounds at most, while they do not tell whether the targets are met. */
    private const MOST_TIMES = 4;
    /** @var array<string, Contender> */
    private array $contenders = [];

    /** @param resource $results */
    public function __construct(
        private readonly mysqli $sql,
        private readonly Tables $tables,
        private $results,
        private readonly int $rounds,
        private readonly float $budget,
        /** @var list<array<string, mixed>> what rounds are to decide; empty: there are as many as was said */
        private readonly array $targets,
    ) {
        foreach (['old', 'id', 'hash'] as $name) {
            $this->contenders[$name] = self::php($name);
        }
        foreach (['id', 'hash'] as $layout) {
            $this->contenders["limit-$layout"] = self::start("limit-$layout", "ezdb_bench_$layout", [getenv('BENCH_LIMIT'), $layout], true);
            $command = self::worker('BENCH_SAME_INI', 'same', "same-$layout", $layout);
            $this->contenders["same-$layout"] = self::start("same-$layout", "ezdb_bench_$layout", $command, false);
        }
    }

    /** A process of PHP for the old handler, or for the extension on one of the layouts. */
    private static function php(string $name, string $node = ''): Contender
    {
        $class = $name === 'old' ? 'OldHandler' : 'eZDBFileHandler';
        $layout = $name === 'old' ? 'hash' : $name;
        $command = self::worker('BENCH_INI', $class, $name, $layout, '-d', "ezdbfile.database=ezdb_bench_$name");
        return self::start("$name$node", "ezdb_bench_$name", $command, false);
    }

    /** @return list<string> */
    private static function worker(string $ini, string $class, string $name, string $layout, string ...$options): array
    {
        return [PHP_BINARY, '-c', getenv($ini), '-d', 'memory_limit=1G', ...$options, __DIR__ . '/worker.php', $class, $name, $layout];
    }

    /** @param list<string> $command */
    private static function start(string $name, string $database, array $command, bool $standardStreams): Contender
    {
        mkdir($directory = getenv('BENCH_NODES') . "/$name");
        return new Contender($name, $command, $directory, ['BENCH_DATABASE' => $database, 'PHP_INI_SCAN_DIR' => $directory], $standardStreams);
    }

    /** @param array{op: string, size: int, rows: int} $entry */
    public function measure(array $entry): void
    {
        $this->tables->fill($entry['rows']);
        if ($entry['op'] === 'beside') {
            $this->measureBeside($entry);
            return;
        }
        $ready = $ways = $memory = $queries = $times = $own = [];
        foreach ($this->contenders as $name => $contender) {
            $answer = $contender->ask("setup {$entry['op']} {$entry['size']} {$entry['rows']}");
            if (empty($answer['none'])) {
                $ready[$name] = $contender;
                $ways[$name] = $answer['way'] ?? null;
                [$memory[$name], $queries[$name]] = $this->count($contender);
            }
        }
        $round = 0;
        $most = $this->rounds;
        do {
            $end = hrtime(true) + self::MOST_SECONDS * 1e9;
            for (; $round < $most && ($round < 5 || hrtime(true) < $end); $round++) {
                foreach (Contender::inTurns($ready, $round) as $name => $contender) {
                    $answer = $contender->ask('run ' . $this->budget * 1000 . ' ' . self::MOST_CALLS);
                    $times[$name][] = $answer['us'];
                    $own[$name][] = $answer['own'] ?? [];
                }
            }
            $most *= 2;
        } while ($most <= $this->rounds * self::MOST_TIMES && !$this->decided($entry, $times));
        foreach ($ready as $name => $contender) {
            $contender->ask('teardown');
            $this->write($entry, $name, ['us' => $times[$name], 'own' => array_merge(...$own[$name]), 'way' => $ways[$name], 'queries' => $queries[$name]] + $memory[$name]);
        }
    }

    /** The rounds tell of each target whether it is met. @param array<string, list<list<float>>> $times */
    private function decided(array $entry, array $times): bool
    {
        foreach (['id', 'hash'] as $layout) {
            $target = Figures::target($this->targets, $entry, $layout);
            foreach (['old' => 'old', 'limit' => "limit-$layout"] as $to => $other) {
                if (isset($target[$to], $times[$other]) && !Figures::decides(Figures::ratios($times[$layout], $times[$other]), $target[$to])) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Memory and queries of one call, of three the least: pages of the process and statements of the
     * server's own come by chance.
     */
    private function count(Contender $contender): array
    {
        $memory = $queries = [];
        $start = hrtime(true);
        do {
            $contender->ask('before');
            $before = $this->questions();
            $memory[] = $contender->ask('call');
            // This question is one too.
            $queries[] = $this->questions() - $before - 1;
            $contender->ask('after');
        } while (count($queries) < 3 && hrtime(true) - $start < 2e9);
        $least = static fn (string $what): array => isset($memory[0][$what]) ? [$what => min(array_column($memory, $what))] : [];
        return [$least('php') + $least('rss'), min($queries)];
    }

    private function questions(): int
    {
        return (int) $this->sql->query("SHOW GLOBAL STATUS LIKE 'Questions'")->fetch_row()[1];
    }

    /** Stores alone, and beside deletes by wildcard in another process. */
    private function measureBeside(array $entry): void
    {
        $deleting = [];
        $stores = array_intersect_key($this->contenders, ['old' => 0, 'id' => 0, 'hash' => 0]);
        foreach ($stores as $name => $contender) {
            $deleting[$name] = self::php($name, '-deleting');
            $deleting[$name]->ask("setup wildcard 0 {$entry['rows']}");
            $contender->ask("setup storeContents {$entry['size']} 0");
        }
        $alone = $beside = [];
        $budget = $this->budget * 1000 * 20;
        for ($round = 0; $round < min($this->rounds, 9); $round++) {
            foreach (Contender::inTurns($stores, $round) as $name => $contender) {
                $alone[$name][] = $contender->ask("run $budget 100000")['us'];
                // For longer: who is measured warms up first.
                $deleting[$name]->send('run ' . ($budget + 200e3) . ' 100000');
                $beside[$name][] = $contender->ask("run $budget 100000")['us'];
                $deleting[$name]->answer();
            }
        }
        foreach ($stores as $name => $contender) {
            $deleting[$name]->ask('teardown');
            $deleting[$name]->end();
            $contender->ask('teardown');
            $this->write($entry, $name, ['us' => $beside[$name], 'alone' => $alone[$name]]);
        }
    }

    private function write(array $entry, string $name, array $measured): void
    {
        fwrite($this->results, json_encode($entry + ['contender' => $name] + $measured) . "\n");
        fflush($this->results);
    }

    public function end(): void
    {
        foreach ($this->contenders as $contender) {
            $contender->end();
        }
    }
}

$options = getopt('', ['quick', 'only:', 'sizes:', 'rounds:', 'budget:'], $rest);
$quick = isset($options['quick']);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$sql = new mysqli('localhost', getenv('EZDB_TEST_USER'), getenv('EZDB_TEST_PASSWORD'), 'ezdb_bench_old', 0, getenv('EZDB_TEST_SOCKET'));
$tables = new Tables($sql, ['ezdb_bench_old' => 'hash', 'ezdb_bench_id' => 'id', 'ezdb_bench_hash' => 'hash']);
$driver = new Driver(
    $sql,
    $tables,
    fopen($argv[$rest], 'w'),
    (int) ($options['rounds'] ?? ($quick ? 2 : 21)),
    (float) ($options['budget'] ?? ($quick ? 4 : 50)),
    $quick || isset($options['rounds']) ? [] : require __DIR__ . '/targets.php',
);
foreach (plan($quick, array_map('intval', array_filter(explode(',', $options['sizes'] ?? '')))) as $entry) {
    if (!isset($options['only']) || preg_match("~{$options['only']}~", label($entry))) {
        fwrite(STDERR, label($entry) . "\n");
        $driver->measure($entry);
    }
}
$driver->end();
