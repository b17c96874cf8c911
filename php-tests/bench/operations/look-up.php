<?php
// What a file is.

declare(strict_types=1);

/** Page of php-fpm that does it, so that each call is in a new request. */
$constructStat = static function (Bench $bench): Operation {
    $paths = $bench->many();
    $plain = $bench->page('plain.php', $paths);
    return new Operation(
        $bench->page('stat.php', $paths),
        static fn (Measured $measured) => $bench->check($measured->result === 100, 'size'),
        // Seldom: between the others a process should have had the same rest.
        own: static fn (int $turn): ?float => $turn % 8 ? null : $plain($turn)->microseconds,
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
