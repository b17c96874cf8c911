<?php

declare(strict_types=1);

/** What operations need besides the handler that is measured: content, names, and a connection to undo with. */
final class Bench
{
    /** More files than a handler remembers for the length of a request. */
    public const NAMES = 400;
    private const ROOT = 'var/site/storage/images/bench';

    /** @var array<int, string> */
    private array $contents = [];
    private int $names = 0;

    /** @param class-string $class */
    public function __construct(
        public readonly string $class,
        public readonly string $contender,
        private readonly string $layout,
        private readonly mysqli $sql,
    ) {
    }

    public function handler(string|false $path = false): object
    {
        return new $this->class($path);
    }

    /** Random bytes: for text SQL the worst there is, for images and videos the usual. */
    public function content(int $size): string
    {
        return $this->contents[$size] ??= random_bytes($size);
    }

    public function newName(): string
    {
        return self::ROOT . '/' . getmypid() . '-' . ++$this->names % 16 . "/$this->names.png";
    }

    /** A file with that much in it. */
    public function stored(int $size): string
    {
        $path = $this->newName();
        $this->handler($path)->storeContents($this->content($size), 'image', 'image/png');
        return $path;
    }

    /** Files to take turns with. @return list<string> */
    public function many(): array
    {
        return array_map(fn (): string => $this->stored(100), range(1, self::NAMES));
    }

    /**
     * Has a page of pages/ look at a file, in php-fpm and so in a new request; what it took there.
     *
     * @param list<string> $paths files to take turns with
     * @return Closure(int): Measured
     */
    public function page(string $page, array $paths): Closure
    {
        $client = new FastCgiClient(getenv('BENCH_FPM') . "/$this->contender.socket", getenv('BENCH_FPM') . '/pages');
        return static function (int $turn) use ($client, $page, $paths): Measured {
            $told = $client->get($page, ['path' => $paths[$turn % count($paths)]])->data();
            return new Measured($told['us'], $told['size']);
        };
    }

    public function query(string $sql): int
    {
        $this->sql->query($sql);
        return $this->sql->affected_rows;
    }

    /** @return list<string> */
    public function column(string $sql): array
    {
        return array_column($this->sql->query($sql)->fetch_all(), 0);
    }

    /** Removes a file for good. */
    public function remove(string $path): void
    {
        $hash = md5($path);
        $this->query($this->layout === 'hash'
            ? "DELETE FROM ezdbfile WHERE name_hash = '$hash'"
            : "DELETE f, d FROM ezdbfile f LEFT JOIN ezdbfile_data d ON d.masterid = f.id WHERE f.name_hash = '$hash'");
    }

    /** Makes expired files live again; says how many. */
    public function revive(string $where): int
    {
        return $this->query('UPDATE ezdbfile SET mtime = ABS(mtime)' . ($this->layout === 'hash' ? ', expired = 0' : '')
            . " WHERE mtime < 0 AND $where");
    }

    /** Removes all that was made under newName(). */
    public function clear(): void
    {
        $this->contents = [];
        foreach ($this->column("SELECT name FROM ezdbfile WHERE name LIKE '" . self::ROOT . '/' . getmypid() . "-%'") as $path) {
            $this->remove($path);
            if (is_file($path)) {
                unlink($path);
            }
        }
    }

    public function check(bool $right, string $what): void
    {
        if (!$right) {
            throw new RuntimeException("$this->contender: wrong result: $what");
        }
    }
}
