<?php

declare(strict_types=1);

/** Targets of operations that were missed although the same in C meets them: how far it is to them. */
final class Missed
{
    private string $rows = '';

    /**
     * @param array<string, mixed> $own what was measured of the extension
     * @param ?array<string, mixed> $same and of the same in C
     * @param float $aim microseconds
     */
    public function add(string $title, string $layout, array $own, ?array $same, float $aim): void
    {
        $time = Figures::quartiles($own['us'])[0];
        $in_c = $same ? Figures::quartiles($same['us'])[0] : 0;
        $columns = [$title, $layout, self::time($aim), self::time($time), $same ? self::time($in_c) : '–'];
        // A client that is slower than the extension does not show what could be reached.
        array_push($columns, ...$in_c > 0 && $in_c < $time ? [self::time($aim - $in_c), self::time($time - $in_c)] : ['–', '–']);
        $this->rows .= '| ' . implode(' | ', $columns) . " |\n";
    }

    public function markdown(): string
    {
        return $this->rows === '' ? '' : <<<END

            How far it is to the targets with the mark ❌: the time that is aimed at (of two, the shorter), what the same in C
            leaves of it for ezdbfile and for PHP's own share, and what these take. Where the same in C is no faster, nothing shows that the target can be met.

            | operation | layout | aimed at | time | the same in C | left | taken |
            | --- | --- | --: | --: | --: | --: | --: |
            $this->rows
            END;
    }

    private static function time(float $microseconds): string
    {
        return match (true) {
            abs($microseconds) >= 10_000 => round($microseconds / 1000, 1) . ' ms',
            abs($microseconds) >= 1000 => round($microseconds) . ' µs',
            default => sprintf('%.1f µs', $microseconds),
        };
    }
}
