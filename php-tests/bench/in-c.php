<?php

declare(strict_types=1);

/** An operation of the extension of limit/php.c; none where it has none of that name. */
function in_c(Bench $bench, string $name, int $size, int $rows): ?Operation
{
    // In a new request, it is a look-up on a page.
    $request = $name === 'construct_stat';
    if (!same_set_up($request ? 'stat' : $name, $request ? 100 : $size, $rows)) {
        return null;
    }
    return new Operation(
        $request ? $bench->page('same-stat.php', array_map(same_name(...), range(0, Bench::NAMES - 1))) : static fn (int $turn) => same_call($turn),
        static function (mixed $result, int $turn) use ($bench, $request): void {
            $bench->check(!$request || $result->result === 100, 'size');
            same_after($turn);
        },
        static fn (int $turn) => same_before($turn),
        end: static fn () => same_tear_down(),
    );
}
