<?php

declare(strict_types=1);

/** The results of one run as Markdown. */
final class Report
{
    private const MISSED = '❌';
    /** Missed, and the same statements in C, or of what is aimed at to the old handler the limit, would miss it too. */
    private const OUT_OF_REACH = '⛔';
    private const TITLES = [
        'construct_stat' => 'construct and stat in a new request',
        'dirlist' => 'fileDeleteByDirList, 10 directories',
        'wildcard' => 'fileDeleteByWildcard',
        'processCache_hit' => 'processCache, hit',
        'processCache_remote' => 'processCache, from another node',
        'processCache_miss' => 'processCache, miss',
    ];
    /** Operations that limit/ does not do by the statements of the extension. */
    private const WITHOUT_SAME = ['wildcard', 'beside'];
    /** @var list<string> what should have been measured and was not */
    public array $missing = [];
    /** @var array<string, array<string, array<string, mixed>>> by label and contender */
    private array $measured = [];
    /** @var list<string> marks */
    private array $missed = [];
    /** Of those within reach, as many as the rounds do not decide about: another run may meet them. */
    private int $undecided = 0;
    /** And of those that were met: another run may miss them. */
    private int $undecidedMet = 0;
    private readonly Missed $inReach;

    /** @param list<array<string, mixed>> $targets */
    public function __construct(private readonly string $directory, private readonly array $targets)
    {
        $this->inReach = new Missed();
        foreach ($this->lines('operations') as $line) {
            $this->measured[label($line)][$line['contender']] = $line;
        }
    }

    public function markdown(): string
    {
        $tables = $this->operations() . $this->beside() . $this->growth() . $this->stampede() . $this->http() . $this->instructions();
        $parts = ['stampede' => ['id', 'hash', 'old handler'], 'http' => ['static', 'readfile', 'old', 'ezdbfile', 'ezdbfile-copies', 'same']];
        foreach ($parts as $part => $contenders) {
            foreach (array_diff($contenders, array_column($this->lines($part), 'contender')) as $contender) {
                $this->missing[] = "$part, $contender";
            }
        }
        foreach (array_diff(['id', 'hash'], array_column($this->lines('instructions'), 'layout')) as $layout) {
            $this->missing[] = "instructions, $layout";
        }
        if ($this->measured === []) {
            $this->missing[] = 'operations';
        }
        $marks = array_count_values($this->missed) + [self::MISSED => 0, self::OUT_OF_REACH => 0];
        $missed = 'Targets that were missed: ' . $marks[self::MISSED] . ' (' . self::MISSED . '), and '
            . $marks[self::OUT_OF_REACH] . ' (' . self::OUT_OF_REACH . ") that C misses too: the same in C\nwithin PHP or, where the target is one to the old handler, the client of the limit. "
            . "Of the ❌, $this->undecided are not decided, and\nof those that were met $this->undecidedMet: the target is within the 95 % confidence interval of the median.";
        return file_get_contents("$this->directory/machine.md") . "\n$missed\n$tables";
    }

    /** @return list<array<string, mixed>> */
    private function lines(string $name): array
    {
        $file = "$this->directory/$name.jsonl";
        return is_file($file) ? array_map(static fn (string $line): array => json_decode($line, true), file($file)) : [];
    }

    // ---- the operations ----

    private function operations(): string
    {
        $rows = '';
        foreach ($this->measured as $label => $contenders) {
            if (isset($contenders['id']['alone'])) {
                continue;
            }
            foreach (['id', 'hash'] as $layout) {
                $rows .= $this->operation($label, $layout, $contenders);
            }
        }
        return $rows === '' ? '' : <<<END

            ## Operations

            Times are medians; ratios are medians of paired rounds, with their quartiles in parentheses and the target
            behind them. What takes less than 5 ms is done for up to 100 ms in each round before it counts. There are more rounds, up to four times as many, where they do not decide whether a target is met. Queries are those of one call, counted by the server, which also counts the pieces of 64 KiB that go ahead of
            a large statement and are not answered. Memory is that of one call: the peak of PHP's
            own memory, and by how much the process grew. Where the ratio to the limit is below 1, the client of the limit is not
            as fast as it could be, and says nothing about what can be reached.

            The limit does the least that is thinkable, in a program of its own. The same in C (`limit/same.c`) is an extension of PHP
            that sends the statements that ezdbfile sends, in as many messages, and does the same with local files, and
            nothing else; what is done in a new request, on a page of php-fpm. What is between it and the limit is what ezdbfile
            promises and PHP's process, what is between it and ezdbfile is ezdbfile. A target that it misses too, with what PHP
            takes for itself (below), has the mark ⛔, unless it is slower than ezdbfile and so shows nothing.

            | operation | layout | time | old handler | limit | to old | to limit | to the same in C | queries: it, old, limit | memory: PHP, process | old |
            | --- | --- | --: | --: | --: | --- | --- | --- | --- | --- | --: |
            $rows{$this->ownShares()}{$this->inReach->markdown()}
            END;
    }

    /** What PHP takes of an operation for itself. */
    private function ownShares(): string
    {
        $notes = '';
        foreach ($this->measured as $contenders) {
            foreach (['id', 'hash'] as $layout) {
                $own = $contenders[$layout] ?? [];
                if (($own['own'] ?? []) !== []) {
                    $notes .= sprintf("| %s | %s | %.1f µs (%.1f–%.1f) |\n", $this->title($own), $layout, ...Figures::quartiles([$own['own']]));
                }
            }
        }
        return $notes === '' ? '' : <<<END

            Of these times PHP takes a part for itself, which neither the limit nor the same in C has: in a new request, for an object of a plain
            class with a method that returns such an array (of which the same in C has the call, on its page); of `processCache`,
            for the callback of this benchmark, which is `file_get_contents()`.

            | operation | layout | PHP alone |
            | --- | --- | --- |
            $notes
            END;
    }

    private function operation(string $label, string $layout, array $contenders): string
    {
        [$own, $old] = [$contenders[$layout] ?? null, $contenders['old'] ?? null];
        [$limit, $same] = [$contenders["limit-$layout"] ?? null, $contenders["same-$layout"] ?? null];
        if (!$own || !$old) {
            $this->missing[] = "$label, " . ($own ? 'old handler' : $layout);
            return '';
        }
        $target = Figures::target($this->targets, $own, $layout);
        if (isset($target['limit']) && !$limit) {
            $this->missing[] = "$label, limit of $layout";
        }
        if (!$same && !in_array($own['op'], self::WITHOUT_SAME, true)) {
            $this->missing[] = "$label, the same in C of $layout";
        }
        if ($same && $same['queries'] !== $own['queries']) {
            $this->missing[] = "$label, the same in C of $layout: {$same['queries']} queries, the extension has {$own['queries']}";
        }
        $reach = ['old' => max($this->reach($own, $old, $limit), $this->reach($own, $old, $same)), 'limit' => $limit ? $this->reach($own, $limit, $same) : 0];
        $this->noteMissed($own, $layout, ['old' => $old, 'limit' => $limit], $target, $reach, $same);
        return '| ' . implode(' | ', [
            $this->title($own),
            $layout,
            self::time(Figures::quartiles($own['us'])),
            self::time(Figures::quartiles($old['us'])),
            $limit ? self::time(Figures::quartiles($limit['us'])) . ", {$limit['way']}" : '',
            $this->ratio(Figures::ratios($own['us'], $old['us']), $target['old'] ?? null, $reach['old']),
            $limit ? $this->ratio(Figures::ratios($own['us'], $limit['us']), $target['limit'] ?? null, $reach['limit']) : '',
            $same ? $this->ratio(Figures::ratios($own['us'], $same['us']), null) : '',
            implode(', ', [$own['queries'], $old['queries'], $limit['queries'] ?? '–']),
            $this->memory($own, Figures::mostMemory($target, $own['size'], $old['php'])),
            self::bytes($old['php']),
        ]) . " |\n";
    }

    /** Of the targets that were missed within reach, the one that asks for most. */
    private function noteMissed(array $own, string $layout, array $others, array $target, array $reach, ?array $same): void
    {
        $aims = [];
        foreach (array_filter($others) as $name => $other) {
            $most = $target[$name] ?? null;
            if ($most !== null && Figures::ratio($own['us'], $other['us'])[0] > $most && $reach[$name] <= $most) {
                $aims[] = $most * Figures::quartiles($other['us'])[0];
            }
        }
        if ($aims !== []) {
            $this->inReach->add($this->title($own), $layout, $own, $same, min($aims));
        }
    }

    /**
     * What a client in C, and PHP's own share, have of the time of another contender, which a target is to; 0 where the client
     * shows nothing, as it is slower than the extension. (Not by what two runs of one thing may differ.)
     */
    private function reach(array $own, array $other, ?array $client): float
    {
        if (!$client || Figures::ratio($own['us'], $client['us'])[0] < 0.95) {
            return 0;
        }
        // On a page of its own, the same in C has most of it.
        $on_page = $client['op'] === 'construct_stat' && str_starts_with($client['contender'], 'same');
        $share = $on_page || ($own['own'] ?? []) === [] ? 0 : Figures::quartiles([$own['own']])[0] / Figures::quartiles($other['us'])[0];
        return Figures::ratio($client['us'], $other['us'])[0] + $share;
    }

    private function title(array $entry): string
    {
        $title = self::TITLES[$entry['op']] ?? $entry['op'];
        return $title . substr(label($entry), strlen($entry['op']));
    }

    /** @param list<float> $ratios of the rounds */
    private function ratio(array $ratios, ?float $most, float $reach = 0): string
    {
        $quartiles = Figures::quartiles([$ratios]);
        $text = sprintf('%.2f (%.2f–%.2f)', ...$quartiles);
        return $most === null
            ? $text
            : "$text ≤ $most" . $this->mark($quartiles[0] <= $most, $reach > $most ? self::OUT_OF_REACH : self::MISSED, Figures::decides($ratios, $most));
    }

    private function memory(array $own, ?float $most): string
    {
        $text = self::bytes($own['php']) . ', ' . self::bytes($own['rss']);
        return $most === null ? $text : "$text ≤ " . self::bytes((int) $most) . $this->mark(max($own['php'], $own['rss']) <= $most);
    }

    private function mark(bool $met, string $mark = self::MISSED, bool $decided = true): string
    {
        $this->undecidedMet += (int) ($met && !$decided);
        if ($met) {
            return '';
        }
        $this->missed[] = $mark;
        $this->undecided += (int) ($mark === self::MISSED && !$decided);
        return " $mark";
    }

    // ---- stores beside a wildcard ----

    private function beside(): string
    {
        $rows = '';
        foreach ($this->measured as $contenders) {
            foreach ($contenders as $name => $measured) {
                if (isset($measured['alone'])) {
                    $p95 = static fn (array $rounds): array => array_map(static fn (array $times): array => [Figures::quantile($times, 0.95)], $rounds);
                    $ratios = Figures::ratios($p95($measured['us']), $p95($measured['alone']));
                    $rows .= sprintf(
                        "| %s | %s | %s | %s |\n",
                        $name === 'old' ? 'old handler' : $name,
                        self::time([Figures::quartiles($p95($measured['alone']))[0]]),
                        self::time([Figures::quartiles($p95($measured['us']))[0]]),
                        $this->ratio($ratios, $name === 'old' ? null : Figures::target($this->targets, ['op' => 'beside'])['ratio'])
                    );
                }
            }
        }
        return $rows === '' ? '' : <<<END

            ## Stores of 16 KiB beside fileDeleteByWildcard

            Time that 95 of 100 stores stay below, alone and while another process deletes by wildcard again and again.

            | | alone | beside | ratio |
            | --- | --: | --: | --- |
            $rows
            END;
    }

    // ---- growth ----

    private function growth(): string
    {
        $rows = '';
        $steps = [];
        foreach ($this->measured as $contenders) {
            foreach ($contenders as $name => $measured) {
                if ($measured['rows'] && in_array($measured['op'], ['stat', 'storeContents', 'fileDelete', 'dirlist'], true)) {
                    $steps[$measured['op']][$name][$measured['rows']] = Figures::quartiles($measured['us']);
                }
            }
        }
        $flat = Figures::target($this->targets, ['op' => 'growth'])['ratio'];
        foreach ($steps as $op => $names) {
            foreach (array_intersect_key($names, ['old' => 0, 'id' => 0, 'hash' => 0]) as $name => $times) {
                [$few, $many] = [min(array_keys($times)), max(array_keys($times))];
                $ratio = $times[$many][0] / $times[$few][0];
                $limit = $names["limit-$name"] ?? null;
                $limit = $limit ? $limit[$many][0] / $limit[$few][0] : null;
                $rows .= sprintf(
                    "| %s | %s | %s | %s | %.2f | %s |\n",
                    self::TITLES[$op] ?? $op,
                    $name === 'old' ? 'old handler' : $name,
                    self::time($times[$few]),
                    self::time($times[$many]),
                    $ratio,
                    $limit ? sprintf('%.2f: %.2f ≤ %s', $limit, $ratio / $limit, $flat) . $this->mark($ratio / $limit <= $flat) : ''
                );
                [$from, $to] = [number_format($few), number_format($many)];
            }
        }
        return $rows === '' ? '' : <<<END

            ## Growth with the number of rows

            Medians in tables of $from and of $to rows. They were measured one after the other, and the disk may have been faster
            at one time than at the other. So what counts is the growth beyond that of the limit, which was measured in turns with it.

            | operation | | $from | $to | growth | of the limit, and beyond it |
            | --- | --- | --: | --: | --: | --- |
            $rows
            END;
    }

    // ---- what the other parts measured ----

    private function stampede(): string
    {
        $rows = '';
        $most = Figures::target($this->targets, ['op' => 'stampede'])['milliseconds'];
        foreach ($this->lines('stampede') as $line) {
            $lag = Figures::quartiles([$line['milliseconds']]);
            $rows .= sprintf("| %s | %.1f ms (%.1f–%.1f)%s |\n", $line['contender'], ...[...$lag, $line['contender'] === 'old handler' ? '' : " ≤ $most ms" . $this->mark($lag[0] <= $most)]);
        }
        return $rows === '' ? '' : <<<END

            ## Stampede

            Processes that want one missing page at once, which takes one of them 50 ms to make: how long after it the
            slowest of the others has the page.

            | | after the generator |
            | --- | --- |
            $rows
            END;
    }

    private function http(): string
    {
        $mark = fn (bool $met, bool $inReach, bool $decided = true): string => $this->mark($met, $inReach ? self::MISSED : self::OUT_OF_REACH, $decided);
        return (new HttpReport($this->lines('http'), $this->targets, $mark))->markdown();
    }

    private function instructions(): string
    {
        $earlier = "$this->directory/earlier.md";
        return (new InstructionsReport($this->lines('instructions'), is_file($earlier) ? file_get_contents($earlier) : ''))->markdown();
    }

    // ---- numbers ----

    /** @param list<float> $microseconds */
    private static function time(array $microseconds): string
    {
        $median = $microseconds[0];
        return $median >= 10_000 ? round($median / 1000, $median >= 100_000 ? 0 : 1) . ' ms' : round($median) . ' µs';
    }

    private static function bytes(int $bytes): string
    {
        return $bytes >= 10 * MIB ? round($bytes / MIB, 1) . ' MiB' : round($bytes / KIB) . ' KiB';
    }
}
