<?php
/*
 * One contender in a process of its own. Reads commands from descriptor 3, a line each, and answers on
 * descriptor 4 with a line of JSON:
 *
 *   setup OPERATION SIZE ROWS   makes everything ready, and calls it a few times
 *   before, call, after         one call in three steps; the answer to "call" has the memory that it took
 *   run MICROSECONDS CALLS      calls until the time is used up, or so often: the time of each, and PHP's own share of some
 *   teardown                    takes away what was made
 *
 * An answer with "none": there is no such operation; with "error": what went wrong.
 *
 *   php worker.php CLASS CONTENDER LAYOUT
 *
 * With the extension of limit/php.c instead of a class, "same", it is what the extension does, in C.
 */

declare(strict_types=1);

require __DIR__ . '/Bench.php';
require __DIR__ . '/Operation.php';
require __DIR__ . '/OldHandler.php';
require __DIR__ . '/in-c.php';
require __DIR__ . '/../lib/FastCgiClient.php';

final class Worker
{
    private const WARM = 3;
    /** Microseconds before the first call of a round that counts, at most; twice the time of those that count. */
    private const WARM_UP = 100e3;
    /** ER_LOCK_DEADLOCK of the server, which has then rolled the transaction back. */
    private const DEADLOCK = 1213;
    private ?Operation $operation = null;
    private int $turn = 0;
    /** Of the calls of the operation. */
    private float $least = INF;
    private mixed $result = null;
    /** @var list<float> */
    private array $own = [];
    /** @var array<string, Closure(Bench, int, int): Operation> */
    private array $operations = [];

    public function __construct(private readonly Bench $bench)
    {
        foreach (glob(__DIR__ . '/operations/*.php') as $file) {
            $this->operations += require $file;
        }
    }

    /** @return array<string, mixed> */
    public function answer(string $command, string ...$words): array
    {
        return match ($command) {
            'setup' => $this->setUp($words[0], (int) $words[1], (int) $words[2]),
            'before' => $this->before(),
            'call' => $this->callForMemory(),
            'after' => $this->after(),
            'run' => $this->run((float) $words[0], (int) $words[1]),
            'teardown' => $this->tearDown(),
        };
    }

    private function setUp(string $name, int $size, int $rows): array
    {
        $this->operation = $this->bench->class === 'same'
            ? in_c($this->bench, $name, $size, $rows)
            : (isset($this->operations[$name]) ? $this->operations[$name]($this->bench, $size, $rows) : null);
        if (!$this->operation) {
            return ['none' => true];
        }
        $this->turn = 0;
        $this->least = INF;
        $start = hrtime(true);
        do {
            $this->timed();
        } while ($this->turn < self::WARM && hrtime(true) - $start < 1e9);
        return [];
    }

    private function before(): array
    {
        $this->operation->before && self::tried(fn () => ($this->operation->before)($this->turn));
        return [];
    }

    private function after(): array
    {
        $this->operation->after && self::tried(fn () => ($this->operation->after)($this->result, $this->turn));
        $this->result = null;
        $this->turn++;
        return [];
    }

    private function callForMemory(): array
    {
        gc_collect_cycles();
        gc_mem_caches();
        memory_reset_peak_usage();
        file_put_contents('/proc/self/clear_refs', '5');
        $php = memory_get_usage();
        $rss = self::kibibytes('VmRSS');
        $this->result = ($this->operation->call)($this->turn);
        return ['php' => memory_get_peak_usage() - $php, 'rss' => max(0, self::kibibytes('VmHWM') - $rss) * 1024];
    }

    private function run(float $budget, int $calls): array
    {
        $times = [];
        $spent = 0;
        // Everybody has slept meanwhile: the processor, the server's thread, this process; and the scheduler takes up to 60 ms
        // until it gives client and server a processor each. Until then each finds the caches as the other left
        // them, and what is counted is how much memory a client touches.
        for ($warm = hrtime(true) + 1000 * min(2 * $budget, self::WARM_UP); hrtime(true) < $warm && $this->least < 5000;) {
            $this->timed();
        }
        $this->own = [];
        $end = hrtime(true) + 4000 * $budget;
        do {
            $spent += $times[] = $this->timed();
        } while (count($times) < $calls && $spent < $budget && hrtime(true) < $end);
        return ['us' => $times, 'own' => $this->own];
    }

    private function timed(): float
    {
        $this->before();
        $call = $this->operation->call;
        $turn = $this->turn;
        $start = hrtime(true);
        // As tried(), and without a call more: what it takes is measured too.
        for (;;) {
            try {
                $result = $call($turn);
                break;
            } catch (mysqli_sql_exception $e) {
                self::deadlock($e);
            }
        }
        $time = (hrtime(true) - $start) / 1000;
        $this->result = $result;
        if ($this->result instanceof Measured) {
            $time = $this->result->microseconds;
        }
        $own = $this->operation->own ? ($this->operation->own)($this->turn) : null;
        if ($own !== null) {
            $this->own[] = round($own, 2);
        }
        $this->after();
        $this->least = min($this->least, $time);
        return round($time, 2);
    }

    private function tearDown(): array
    {
        $this->operation->end && ($this->operation->end)();
        $this->operation = null;
        $this->bench->clear();
        return [];
    }

    /** Beside another process, old handlers are met by deadlocks, and have to begin anew. */
    private static function tried(Closure $step): mixed
    {
        for (;;) {
            try {
                return $step();
            } catch (mysqli_sql_exception $e) {
                self::deadlock($e);
            }
        }
    }

    private static function deadlock(mysqli_sql_exception $e): void
    {
        if ($e->getCode() !== self::DEADLOCK) {
            throw $e;
        }
    }

    private static function kibibytes(string $what): int
    {
        return (int) preg_replace("/.*$what:\s+(\d+).*/s", '$1', file_get_contents('/proc/self/status'));
    }
}

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$sql = new mysqli('localhost', getenv('EZDB_TEST_USER'), getenv('EZDB_TEST_PASSWORD'), getenv('BENCH_DATABASE'), 0, getenv('EZDB_TEST_SOCKET'));
$sql->set_charset('utf8mb4');
if ($argv[1] === 'same') {
    same_connect($argv[3] === 'hash');
}
$worker = new Worker(new Bench($argv[1], $argv[2], $argv[3], $sql));
set_error_handler(static fn (int $level, string $message) => throw new ErrorException($message));
$commands = fopen('php://fd/3', 'r');
$answers = fopen('php://fd/4', 'w');
while (($line = fgets($commands)) !== false) {
    try {
        $answer = $worker->answer(...explode(' ', trim($line)));
    } catch (Throwable $e) {
        $answer = ['error' => get_class($e) . ': ' . $e->getMessage() . ' at ' . basename($e->getFile()) . ':' . $e->getLine()];
    }
    fwrite($answers, json_encode((object) $answer) . "\n");
}
