<?php

declare(strict_types=1);

/** What the part instructions counted, as Markdown, beside what an earlier report has of it. */
final class InstructionsReport
{
    /** Counts differ by less than this share from run to run: hashes and addresses are other ones each time. */
    private const NOISE = 0.02;
    private const MORE = '❗';

    /** @param list<array<string, mixed>> $lines */
    public function __construct(private readonly array $lines, private readonly string $earlier)
    {
    }

    public function markdown(): string
    {
        $rows = '';
        foreach ($this->lines as $line) {
            $how = $line['how'];
            $rows .= sprintf(
                "| %s | %s | %s | %s |\n",
                $line['operation'],
                $line['layout'],
                number_format($line['instructions']),
                $this->compared($line)
            );
        }
        return $rows === '' ? '' : sprintf(<<<'END'

            ## Instructions

            Of PHP's process, for one call, counted on %s by %s. They hardly depend on how busy the machine is: what takes more than the report
            before, counted in the same way, by more than %d %%, has the mark %s. (Other versions of PHP and its libraries count, too.)

            | operation | layout | instructions | before |
            | --- | --- | --: | --: |
            %s
            END, gmdate('Y-m-d'), $how, 100 * self::NOISE, self::MORE, $rows);
    }

    /** @param array<string, mixed> $line */
    private function compared(array $line): string
    {
        $before = $this->before($line);
        if (!$before) {
            return '–';
        }
        $more = $line['instructions'] / $before - 1;
        return sprintf('%s: %+.1f %%%s', number_format($before), 100 * $more, $more > self::NOISE ? ' ' . self::MORE : '');
    }

    /** @param array<string, mixed> $line */
    private function before(array $line): ?int
    {
        $table = strstr($this->earlier, "\n## Instructions\n");
        if (!$table || !str_contains($table, "by {$line['how']}.")) {
            return null;
        }
        $row = sprintf('/^\| %s \| %s \| ([\d,]+) \|/m', preg_quote($line['operation'], '/'), $line['layout']);
        return preg_match($row, $table, $found) ? (int) str_replace(',', '', $found[1]) : null;
    }
}
