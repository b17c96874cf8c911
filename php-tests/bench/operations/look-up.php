<?php
// What a file is.

declare(strict_types=1);

/** Page of php-fpm that does it, so that each call is in a new request. */
$constructStat = static function (Bench $bench): Operation {
    $client = new FastCgiClient(getenv('BENCH_FPM') . "/$bench->contender.socket", getenv('BENCH_FPM') . '/pages');
    $paths = $bench->many();
    return new Operation(
        static function (int $turn) use ($client, $paths): Measured {
            $page = $client->get('stat.php', ['path' => $paths[$turn % Bench::NAMES]])->data();
            return new Measured($page['us'], $page['size']);
        },
        static fn (Measured $measured) => $bench->check($measured->result === 100, 'size'),
        // Seldom: between the others a process should have had the same rest.
        own: static fn (int $turn): ?float => $turn % 8 ? null : $client->get('plain.php', ['path' => $paths[0]])->data()['us'],
    );
};

$stat = static function (Bench $bench, int $size, int $rows): Operation {
    $paths = $rows
        ? $bench->column("SELECT name FROM ezdbfile WHERE name LIKE 'var/site/storage/images/_/%' AND scope = 'image' LIMIT " . Bench::NAMES)
        : $bench->many();
    $count = count($paths);
    $class = $bench->class;
    return new Operation(
        static fn (int $turn) => (new $class($paths[$turn % $count]))->stat(),
        static fn (mixed $stat) => $bench->check(is_array($stat) && $stat['size'] >= 100, 'stat'),
    );
};

$exists = static function (Bench $bench): Operation {
    $paths = $bench->many();
    $class = $bench->class;
    return new Operation(
        static fn (int $turn) => (new $class($paths[$turn % Bench::NAMES]))->exists(),
        static fn (mixed $exists) => $bench->check($exists === true, 'exists'),
    );
};

return ['construct_stat' => $constructStat, 'stat' => $stat, 'exists' => $exists];
