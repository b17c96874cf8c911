<?php
// What the steps of the demo have in common: the list of the site's files,
// and PHP's warnings as exceptions, so that a step stops at the first error.

declare(strict_types=1);

set_error_handler(function (int $level, string $message): bool {
    throw new ErrorException($message, 0, $level);
});
set_exception_handler(function (Throwable $error): void {
    fwrite(STDERR, printable($error->getMessage()) . "\n");
    exit(1);
});

/** One file of the site, and what became of it. */
final class SiteFile
{
    public ?float $storeSeconds = null;
    public ?float $fetchSeconds = null;

    public function __construct(
        public readonly string $path,
        public readonly int $size,
        public readonly string $checksum,
        public readonly string $type,
    ) {
    }

    /** The kernel's category, told from where the kernel keeps files of that kind. */
    public function scope(): string
    {
        return match (true) {
            (bool) preg_match('#(^|/)storage/images(-versioned)?/#', $this->path) => 'image',
            (bool) preg_match('#(^|/)storage/original/(video|audio|media)/#', $this->path) => 'mediafile',
            default => 'binaryfile',
        };
    }
}

/** @return list<SiteFile> */
function load_list(string $file): array
{
    return unserialize(file_get_contents($file));
}

/** @param list<SiteFile> $files */
function save_list(string $file, array $files): void
{
    file_put_contents($file, serialize($files));
}

/** @return iterable<string> paths of all files below $directory, relative to it */
function files_below(string $directory): iterable
{
    $walk = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(
        $directory,
        FilesystemIterator::SKIP_DOTS | FilesystemIterator::CURRENT_AS_PATHNAME,
    ));
    foreach ($walk as $path) {
        yield substr($path, strlen($directory) + 1);
    }
}

function seconds(callable $work): float
{
    $start = hrtime(true);
    $work();
    return (hrtime(true) - $start) / 1e9;
}

/** File names may hold anything; a terminal should not get to see all of it. */
function printable(string $text): string
{
    $text = preg_replace_callback('/[\x00-\x1f\x7f]/', fn ($m) => sprintf('\x%02x', ord($m[0])), $text);
    return preg_match('//u', $text) ? $text
        : preg_replace_callback('/[\x80-\xff]/', fn ($m) => sprintf('\x%02x', ord($m[0])), $text);
}
