<?php

declare(strict_types=1);

/** One operation on one contender, ready to be called again and again. Only $call is measured. */
final class Operation
{
    /**
     * @param Closure(int): mixed $call is given the number of the call
     * @param ?Closure(mixed, int): void $after is given the result too: checks it, and undoes it
     * @param ?Closure(int): void $before
     * @param ?Closure(int): ?float $own how many microseconds PHP takes of the call for itself; asked behind the call
     * @param ?Closure(): void $end takes away what Bench::clear() does not know
     */
    public function __construct(
        public readonly Closure $call,
        public readonly ?Closure $after = null,
        public readonly ?Closure $before = null,
        public readonly ?Closure $own = null,
        public readonly ?Closure $end = null,
    ) {
    }
}

/** The result of a call that was measured elsewhere. */
final class Measured
{
    public function __construct(public readonly float $microseconds, public readonly mixed $result)
    {
    }
}
