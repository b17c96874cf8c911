<?php

declare(strict_types=1);

/** An operation of the extension of limit/php.c; none where it has none of that name. */
function in_c(string $name, int $size, int $rows): ?Operation
{
    if (!same_set_up($name, $size, $rows)) {
        return null;
    }
    return new Operation(
        same_is_request()
            ? static fn (int $turn): Measured => new Measured(same_call_on_request($turn), null)
            : static fn (int $turn) => same_call($turn),
        static fn (mixed $result, int $turn) => same_after($turn),
        static fn (int $turn) => same_before($turn),
        end: static fn () => same_tear_down(),
    );
}
