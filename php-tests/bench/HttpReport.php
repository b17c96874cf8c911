<?php

declare(strict_types=1);

/** What the part http measured, as Markdown. */
final class HttpReport
{
    private const NAMES = [
        'static' => 'nginx alone',
        'readfile' => '`readfile()`',
        'old' => 'old handler',
        'ezdbfile' => '`ezdbfile_serve()`',
        'ezdbfile-copies' => 'with copies',
        'same' => 'the same in C',
    ];
    /** Another contender is slower when it has less than this share of the rate: two runs of one thing differ by as much. */
    private const SLOWER = 0.95;

    /**
     * @param list<array<string, mixed>> $lines
     * @param list<array<string, mixed>> $targets
     * @param Closure(bool, bool, bool=): string $mark of what is met or not, within reach or not, and decided or not
     */
    public function __construct(private readonly array $lines, private readonly array $targets, private readonly Closure $mark)
    {
    }

    public function markdown(): string
    {
        $rates = $memory = [];
        foreach ($this->lines as $line) {
            if (isset($line['rates'])) {
                $rates[$line['size']][$line['contender']] = array_map(static fn (float $rate): array => [$rate], $line['rates']);
            } else {
                $memory[] = $line;
            }
        }
        return $rates === [] ? '' : $this->rates($rates) . $this->memory($memory);
    }

    /** @param array<int, array<string, list<list<float>>>> $rates */
    private function rates(array $rates): string
    {
        $rows = '';
        foreach ($rates as $size => $contenders) {
            $row = '| ' . size_name($size);
            foreach (array_keys(self::NAMES) as $name) {
                $row .= ' | ' . (isset($contenders[$name]) ? round(Figures::quartiles($contenders[$name])[0]) : '–');
            }
            $own = $contenders['ezdbfile'];
            $same = $contenders['same'] ?? null;
            $shows = $same && Figures::ratio($same, $own)[0] >= self::SLOWER;
            $target = Figures::target($this->targets, ['op' => 'http', 'size' => $size]);
            foreach (['old', 'readfile'] as $other) {
                $reach = $shows ? Figures::ratio($same, $contenders[$other])[0] : INF;
                $row .= ' | ' . $this->ratio(Figures::ratios($own, $contenders[$other]), $target[$other], $reach);
            }
            $rows .= $row . ' | ' . ($same ? sprintf('%.2f (%.2f–%.2f)', ...Figures::ratio($own, $same)) : '–') . " |\n";
        }
        $names = implode(' | ', self::NAMES);
        return <<<END

            ## HTTP

            Requests a second through nginx and php-fpm; ratios of `ezdbfile_serve()`, medians of paired rounds. The same in C is an
            extension of PHP that does nothing but send the same statement, a header of the same length and the file (`limit/php.c`). A
            target that it misses too is marked ⛔, unless it is slower than `ezdbfile_serve()`.

            | | $names | to old | to readfile() | to the same in C |
            | --- | --: | --: | --: | --: | --: | --: | --- | --- | --- |
            $rows
            END;
    }

    /** @param list<float> $ratios of the rounds */
    private function ratio(array $ratios, float $least, float $reach): string
    {
        $quartiles = Figures::quartiles([$ratios]);
        return sprintf('%.2f (%.2f–%.2f) ≥ %s', ...[...$quartiles, $least]) . ($this->mark)($quartiles[0] >= $least, $reach >= $least, Figures::decides($ratios, $least));
    }

    /** @param list<array<string, mixed>> $lines */
    private function memory(array $lines): string
    {
        $rows = '';
        $most = Figures::target($this->targets, ['op' => 'worker'])['memory']['bytes'] / KIB;
        foreach ($lines as $line) {
            $more = $line['peak'] - $line['idle'];
            $rows .= sprintf(
                "| %s | %.1f MiB | %.1f MiB | %+.2f MiB%s |\n",
                self::NAMES[$line['contender']],
                $line['idle'] / KIB,
                $line['peak'] / KIB,
                $more / KIB,
                str_starts_with($line['contender'], 'ezdbfile') ? ' ≤ ' . $most / KIB . ' MiB' . ($this->mark)($more <= $most, true) : ''
            );
        }
        return $rows === '' ? '' : <<<END

            Memory of a worker of php-fpm, idle and at most while a file of 16 MiB goes out:

            | | idle | peak | more |
            | --- | --: | --: | --- |
            $rows
            END;
    }
}
