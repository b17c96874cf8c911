<?php

declare(strict_types=1);

/**
 * A cluster file handler in the manner of those that PHP has had, to compare with: as many statements, in
 * the same places, with the same costs. A connection for every request; SQL as text; one INSERT a chunk,
 * escaped; results buffered as a whole; metadata read again by those who have it; three commits for a
 * page; waiting by sleep(1). Written for this benchmark, on the tables of the layout `hash`.
 */
final class OldHandler
{
    private const CHUNK = 65535;
    private const TIMEOUT = 60;
    private static ?mysqli $connection = null;
    /** @var array<string, int|string>|false|null */
    public array|false|null $metaData = null;

    public function __construct(private readonly string|false $path = false)
    {
    }

    // ---- asking ----

    public function stat(): array|false
    {
        return $this->metaData ??= $this->metadata($this->path);
    }

    public function exists(): bool
    {
        $found = $this->metadata($this->path);
        return $found && $found['mtime'] >= 0;
    }

    /** @return list<string> */
    public function getFileList(): array
    {
        $names = [];
        $result = $this->query('SELECT name FROM ezdbfile');
        while ($row = $result->fetch_row()) {
            $names[] = $row[0];
        }
        return $names;
    }

    // ---- reading ----

    public function fetchContents(): string|false
    {
        return $this->metadata($this->path) ? implode('', iterator_to_array($this->chunks($this->path), false)) : false;
    }

    public function fetch(): string|false
    {
        if (!$this->metadata($this->path)) {
            return false;
        }
        $metadata = $this->metadata($this->path);
        is_dir(dirname($this->path)) || mkdir(dirname($this->path), 0777, true);
        $file = fopen($temporary = $this->path . '.' . getmypid() . '.tmp', 'wb');
        foreach ($this->chunks($this->path) as $chunk) {
            fwrite($file, $chunk);
        }
        fclose($file);
        chmod($temporary, 0666);
        touch($temporary, abs((int) $metadata['mtime']));
        rename($temporary, $this->path);
        clearstatcache(true, $this->path);
        return $this->path;
    }

    public function passthrough(): bool
    {
        if (!$this->metadata($this->path)) {
            return false;
        }
        $metadata = $this->metadata($this->path);
        $sent = 0;
        foreach ($this->chunks($this->path) as $chunk) {
            echo $chunk;
            $sent += strlen($chunk);
        }
        return $sent === (int) $metadata['size'];
    }

    // ---- writing ----

    public function storeContents(string $contents, string $scope = '', string $datatype = 'misc'): bool
    {
        $parts = (static function () use ($contents) {
            for ($from = 0; $from < strlen($contents); $from += self::CHUNK) {
                yield substr($contents, $from, self::CHUNK);
            }
        })();
        $this->store($this->path, $parts, strlen($contents), time(), $scope, $datatype);
        return true;
    }

    public function fileStore(string $path, string $scope = '', bool $delete = false, string $datatype = 'misc'): bool
    {
        clearstatcache(true, $path);
        $file = fopen($path, 'rb');
        $parts = (static function () use ($file) {
            while (($part = fread($file, self::CHUNK)) !== false && $part !== '') {
                yield $part;
            }
        })();
        $this->store($path, $parts, filesize($path), filemtime($path), $scope, $datatype);
        fclose($file);
        if ($delete) {
            unlink($path);
        }
        return true;
    }

    public function fileCopy(string $from, string $to): bool
    {
        if (!$this->metadata($from)) {
            return false;
        }
        $metadata = $this->metadata($from);
        $this->store($to, $this->chunks($from), (int) $metadata['size'], (int) $metadata['mtime'], $metadata['scope'], $metadata['datatype']);
        return true;
    }

    public function fileMove(string $from, string $to): bool
    {
        if (!$this->metadata($from)) {
            return false;
        }
        $metadata = $this->metadata($from);
        $this->query('BEGIN');
        $this->query("DELETE FROM ezdbfile WHERE name_hash = '" . md5($to) . "'");
        $this->writeMetadata($to, (int) $metadata['size'], (int) $metadata['mtime'], $metadata['scope'], $metadata['datatype']);
        $this->query("UPDATE ezdbfile_data SET name_hash = '" . md5($to) . "' WHERE name_hash = '" . md5($from) . "'");
        $this->query("DELETE FROM ezdbfile WHERE name_hash = '" . md5($from) . "'");
        $this->query('COMMIT');
        return true;
    }

    // ---- deleting ----

    public function fileDelete(string $path): bool
    {
        return $this->expire(["name_hash = '" . md5($path) . "'"]);
    }

    /** @param list<string> $directories */
    public function fileDeleteByDirList(array $directories, string $commonPath, string $commonSuffix): bool
    {
        return $this->expire(array_map(
            fn (string $directory): string => 'name_trunk = ' . $this->quoted("$commonPath/$directory/$commonSuffix"),
            $directories
        ));
    }

    public function fileDeleteByWildcard(string $wildcard): bool
    {
        $expression = '^' . strtr(preg_quote($wildcard), ['\*' => '.*', '\?' => '.', '\{' => '(', '\}' => ')', ',' => '|']) . '$';
        return $this->expire(['name REGEXP ' . $this->quoted($expression)]);
    }

    // ---- caches ----

    /** Fresh local copy, else that of the cluster, else a new one by one process, for whom the others sleep. */
    public function processCache(callable $retrieve, callable $generate): mixed
    {
        for (;;) {
            $metadata = $this->metadata($this->path);
            clearstatcache(true, $this->path);
            if ($metadata && $metadata['mtime'] >= 0) {
                if (!is_file($this->path) || filemtime($this->path) < $metadata['mtime']) {
                    $this->fetch();
                }
                return $retrieve($this->path, (int) $metadata['mtime']);
            }
            if ($this->claim()) {
                return $this->generate($generate);
            }
            sleep(1);
        }
    }

    private function claim(): bool
    {
        $name = "$this->path.generating";
        $this->query('BEGIN');
        $this->query('INSERT IGNORE INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime) VALUES ('
            . "'', {$this->quoted($name)}, {$this->quoted($name)}, '" . md5($name) . "', '', 0, " . time() . ')');
        $claimed = self::$connection->affected_rows === 1;
        $this->query('COMMIT');
        return $claimed;
    }

    private function generate(callable $generate): string
    {
        $name = "$this->path.generating";
        $claim = $this->metadata($name);
        if ($claim && $claim['mtime'] < time() - self::TIMEOUT) {
            throw new RuntimeException('the claim is too old');
        }
        $made = $generate($this->path);
        $content = $made['binarydata'] ?? $made;
        (new self($name))->storeContents($content, $made['scope'] ?? '', $made['datatype'] ?? 'misc');
        $this->query('BEGIN');
        $row = $this->query("SELECT * FROM ezdbfile WHERE name_hash = '" . md5($name) . "' FOR UPDATE")->fetch_assoc();
        $this->writeMetadata($this->path, (int) $row['size'], (int) $row['mtime'], $row['scope'], $row['datatype']);
        $this->query("UPDATE ezdbfile_data SET name_hash = '" . md5($this->path) . "' WHERE name_hash = '" . md5($name) . "'");
        $this->query("DELETE FROM ezdbfile WHERE name_hash = '" . md5($name) . "'");
        $this->query('COMMIT');
        is_dir(dirname($this->path)) || mkdir(dirname($this->path), 0777, true);
        file_put_contents($temporary = $this->path . '.' . getmypid() . '.tmp', $content);
        rename($temporary, $this->path);
        return $content;
    }

    // ---- statements ----

    /** @return array<string, string>|false */
    private function metadata(string $path): array|false
    {
        return $this->query("SELECT * FROM ezdbfile WHERE name_hash = '" . md5($path) . "'")->fetch_assoc() ?? false;
    }

    /** @return Generator<string> */
    private function chunks(string $path): Generator
    {
        $result = $this->query("SELECT filedata, `offset` FROM ezdbfile_data WHERE name_hash = '" . md5($path) . "' ORDER BY `offset`");
        while ($row = $result->fetch_row()) {
            yield $row[0];
        }
        $result->free();
    }

    /** @param iterable<string> $parts */
    private function store(string $path, iterable $parts, int $size, int $mtime, string $scope, string $datatype): void
    {
        $this->query('BEGIN');
        $this->writeMetadata($path, $size, $mtime, $scope, $datatype);
        $offset = 0;
        foreach ($parts as $part) {
            $this->query("INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES ('" . md5($path) . "', $offset, "
                . $this->quoted($part) . ') ON DUPLICATE KEY UPDATE filedata = VALUES(filedata)');
            $offset += strlen($part);
        }
        $this->query("DELETE FROM ezdbfile_data WHERE name_hash = '" . md5($path) . "' AND `offset` >= $size");
        $this->query('COMMIT');
    }

    private function writeMetadata(string $path, int $size, int $mtime, string $scope, string $datatype): void
    {
        $trunk = $scope === 'viewcache' && preg_match('#^(.*/[^/-]*-)#', $path, $matches) ? $matches[1] : $path;
        $this->query('INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) VALUES ('
            . "{$this->quoted($datatype)}, {$this->quoted($path)}, {$this->quoted($trunk)}, '" . md5($path) . "', {$this->quoted($scope)}, "
            . "$size, $mtime, " . (int) ($mtime < 0) . ') ON DUPLICATE KEY UPDATE datatype = VALUES(datatype), scope = VALUES(scope), '
            . 'size = VALUES(size), mtime = VALUES(mtime), expired = VALUES(expired)');
    }

    /** @param list<string> $conditions */
    private function expire(array $conditions): bool
    {
        $this->query('BEGIN');
        foreach ($conditions as $condition) {
            $this->query("UPDATE ezdbfile SET mtime = -ABS(mtime), expired = 1 WHERE $condition");
        }
        $this->query('COMMIT');
        return true;
    }

    private function quoted(string $value): string
    {
        return "'" . self::connection()->real_escape_string($value) . "'";
    }

    private function query(string $sql): mysqli_result|bool
    {
        return self::connection()->query($sql);
    }

    private static function connection(): mysqli
    {
        if (!self::$connection) {
            self::$connection = new mysqli('localhost', getenv('EZDB_TEST_USER'), getenv('EZDB_TEST_PASSWORD'), getenv('BENCH_DATABASE'), 0, getenv('EZDB_TEST_SOCKET'));
            self::$connection->set_charset('utf8');
        }
        return self::$connection;
    }
}
