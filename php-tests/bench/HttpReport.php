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
    ];

    /**
     * @param list<array<string, mixed>> $lines
     * @param list<array<string, mixed>> $targets
     * @param Closure(bool, bool): string $mark of what is met or not, and then within reach or not
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
            $bound = isset($contenders['look-ups']) ? self::together($contenders['readfile'], $contenders['look-ups']) : null;
            $row .= ' | ' . ($bound ? round(Figures::quartiles($bound)[0]) : '–');
            $target = Figures::target($this->targets, ['op' => 'http', 'size' => $size]);
            foreach (['old', 'readfile'] as $other) {
                $reach = $bound ? Figures::ratio($bound, $contenders[$other])[0] : INF;
                $row .= ' | ' . $this->ratio(Figures::ratio($own, $contenders[$other]), $target[$other], $reach);
            }
            $rows .= $row . ' | ' . ($bound ? sprintf('%.2f (%.2f–%.2f)', ...Figures::ratio($own, $bound)) : '–') . " |\n";
        }
        $names = implode(' | ', self::NAMES);
        return <<<END

            ## HTTP

            Requests a second through nginx and php-fpm; ratios of `ezdbfile_serve()`, medians of paired rounds. The bound: what the same
            processors manage when each request costs what it does with `readfile()`, and besides what it costs the client of
            the limit to look such a file up and to read it. A target that the bound misses, too, is marked ⛔.

            | | $names | bound | to old | to readfile() | to the bound |
            | --- | --: | --: | --: | --: | --: | --: | --- | --- | --- |
            $rows
            END;
    }

    /**
     * Rates of doing one thing and then the other, when nothing else is in the way than the work for both.
     *
     * @param list<list<float>> $one
     * @param list<list<float>> $other
     * @return list<list<float>>
     */
    private static function together(array $one, array $other): array
    {
        return array_map(static fn (array $a, array $b): array => [1 / (1 / $a[0] + 1 / $b[0])], $one, $other);
    }

    /** @param array{float, float, float} $ratio */
    private function ratio(array $ratio, float $least, float $reach): string
    {
        return sprintf('%.2f (%.2f–%.2f) ≥ %s', ...[...$ratio, $least]) . ($this->mark)($ratio[0] >= $least, $reach >= $least);
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
