<?php

declare(strict_types=1);

/** The tables of the contenders, filled with as many rows as a site of that size has. */
final class Tables
{
    private const AT_ONCE = 50_000;
    private int $rows = 0;

    /** @param array<string, string> $layouts layout by database */
    public function __construct(private readonly mysqli $sql, private readonly array $layouts)
    {
    }

    /** So many rows at least, without bytes: half pages (ten site accesses, two variants), half images. */
    public function fill(int $rows): void
    {
        if ($rows <= $this->rows) {
            return;
        }
        foreach ($this->layouts as $database => $layout) {
            $this->sql->select_db($database);
            for ($from = intdiv($this->rows, 2) + 1; $from <= intdiv($rows, 2); $from += self::AT_ONCE) {
                $until = min(intdiv($rows, 2), $from + self::AT_ONCE - 1);
                $page = "CONCAT('var/site/cache/content/sa', seq % 10, '/', seq DIV 20 % 10, '/', seq DIV 200 % 10, '/', seq DIV 20, '-')";
                $image = "CONCAT('var/site/storage/images/', seq % 10, '/', seq DIV 10 % 100, '/', seq, '-1-eng-GB/picture_', seq, '_large.jpg')";
                $this->insert($layout, "SELECT 'misc' datatype, CONCAT($page, MD5(seq), '.cache') name, $page trunk, 'viewcache' scope, seq FROM seq_{$from}_to_$until");
                $this->insert($layout, "SELECT 'image/jpeg' datatype, $image name, $image trunk, 'image' scope, seq FROM seq_{$from}_to_$until");
            }
            $this->sql->query('ANALYZE TABLE ezdbfile')->free();
        }
        $this->rows = $rows;
    }

    private function insert(string $layout, string $files): void
    {
        $time = time() - 100;
        [$column, $value] = $layout === 'hash' ? ['name_trunk, ', 'trunk, '] : ['', ''];
        $this->sql->query("INSERT INTO ezdbfile (datatype, name, {$column}name_hash, scope, size, mtime) "
            . "SELECT datatype, name, {$value}MD5(name), scope, 1000 + seq % 50000, $time FROM ($files) files");
    }
}
