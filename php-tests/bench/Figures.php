<?php

declare(strict_types=1);

/** Sums of what the driver measured, and how they stand to the targets. */
final class Figures
{
    /** @param list<float> $values */
    public static function quantile(array $values, float $share): float
    {
        sort($values);
        $place = $share * (count($values) - 1);
        $low = (int) floor($place);
        $high = (int) ceil($place);
        return $values[$low] + ($values[$high] - $values[$low]) * ($place - $low);
    }

    /**
     * Median and quartiles over all calls.
     *
     * @param list<list<float>> $rounds
     * @return array{float, float, float}
     */
    public static function quartiles(array $rounds): array
    {
        $all = array_merge(...$rounds);
        return [self::quantile($all, 0.5), self::quantile($all, 0.25), self::quantile($all, 0.75)];
    }

    /**
     * Ratio of paired medians: in each round the median of one by that of the other, and of these the
     * median and the quartiles.
     *
     * @param list<list<float>> $rounds
     * @param list<list<float>> $others
     * @return array{float, float, float}
     */
    public static function ratio(array $rounds, array $others): array
    {
        return self::quartiles([self::ratios($rounds, $others)]);
    }

    /**
     * The ratio of each round.
     *
     * @param list<list<float>> $rounds
     * @param list<list<float>> $others
     * @return list<float>
     */
    public static function ratios(array $rounds, array $others): array
    {
        return array_map(
            static fn (array $a, array $b): float => self::quantile($a, 0.5) / max(self::quantile($b, 0.5), 0.001),
            $rounds,
            $others
        );
    }

    /**
     * That a median is below a bound, or above it, is not decided while the bound lies within the median's confidence interval of
     * 95 %: the order statistics that as many coin tosses fall between (normal approximation of the binomial distribution).
     *
     * @param non-empty-list<float> $values
     */
    public static function decides(array $values, float $bound): bool
    {
        sort($values);
        $count = count($values);
        $low = (int) floor(($count - 1.96 * sqrt($count)) / 2);
        // Of too few values not even the extremes hold it.
        return $low > 0 && ($bound < $values[$low - 1] || $bound > $values[$count - $low]);
    }

    /** @return array<string, mixed> what is aimed at for an operation on a layout; empty when nothing is */
    public static function target(array $targets, array $entry, string $layout = 'id'): array
    {
        $entry += ['size' => 0, 'rows' => 0];
        foreach ($targets as $target) {
            [$least, $most] = $target['sizes'] ?? [0, PHP_INT_MAX];
            [$fewest, $greatest] = $target['rows'] ?? [0, PHP_INT_MAX];
            if (
                $target['op'] === $entry['op'] && $entry['size'] >= $least && $entry['size'] <= $most
                && $entry['rows'] >= $fewest && $entry['rows'] <= $greatest
                && in_array($layout, $target['layouts'] ?? ['id', 'hash'], true)
            ) {
                return $target;
            }
        }
        return [];
    }

    /** The most memory that is aimed at. */
    public static function mostMemory(array $target, int $size, int $old): ?float
    {
        $memory = $target['memory'] ?? null;
        return match (true) {
            $memory === null => null,
            isset($memory['share']) => $memory['share'] * $old,
            default => ($memory['files'] ?? 0) * $size + $memory['bytes'],
        };
    }
}
