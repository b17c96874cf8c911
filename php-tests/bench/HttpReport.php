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
     * @param Closure(bool): string $mark
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
            $target = Figures::target($this->targets, ['op' => 'http', 'size' => $size]);
            $rows .= $row . ' | ' . $this->ratio(Figures::ratio($own, $contenders['old']), $target['old'])
                . ' | ' . $this->ratio(Figures::ratio($own, $contenders['readfile']), $target['readfile']) . " |\n";
        }
        $names = implode(' | ', self::NAMES);
        return <<<END

            ## HTTP

            Requests a second through nginx and php-fpm; ratios of `ezdbfile_serve()`, medians of paired rounds.

            | | $names | to old | to readfile() |
            | --- | --: | --: | --: | --: | --: | --- | --- |
            $rows
            END;
    }

    /** @param array{float, float, float} $ratio */
    private function ratio(array $ratio, float $least): string
    {
        return sprintf('%.2f (%.2f–%.2f) ≥ %s', ...[...$ratio, $least]) . ($this->mark)($ratio[0] >= $least);
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
                str_starts_with($line['contender'], 'ezdbfile') ? ' ≤ ' . $most / KIB . ' MiB' . ($this->mark)($more <= $most) : ''
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
