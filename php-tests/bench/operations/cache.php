<?php
// processCache() when the local copy is current, when another node made the file, when nobody did.

declare(strict_types=1);

$retrieve = static fn (string $file) => file_get_contents($file);
/**
 * What the callback takes alone, right behind a look-up, as it is called: meanwhile the server had the caches of the
 * processor. `$forgotten`: when all that PHP knows of paths is forgotten, as by unlink().
 */
$alone = static function (Bench $bench, string $path, bool $forgotten) use ($retrieve): float {
    clearstatcache($forgotten);
    $bench->handler($path)->exists();
    $start = hrtime(true);
    $retrieve($path);
    return (hrtime(true) - $start) / 1000;
};
$never = static fn () => throw new LogicException('generated what is there');

$hit = static function (Bench $bench, int $size) use ($retrieve, $alone, $never): Operation {
    $content = $bench->content($size);
    $paths = array_map(static fn () => $bench->stored($size), range(1, Bench::NAMES));
    $class = $bench->class;
    foreach ($paths as $path) {
        $bench->handler($path)->fetch();
    }
    return new Operation(
        static fn (int $turn) => (new $class($paths[$turn % Bench::NAMES]))->processCache($retrieve, $never),
        static fn (mixed $got) => $bench->check($got === $content, 'content'),
        own: static fn (int $turn): float => $alone($bench, $paths[$turn % Bench::NAMES], false),
    );
};

$remote = static function (Bench $bench, int $size) use ($retrieve, $alone, $never): Operation {
    $content = $bench->content($size);
    $paths = array_map(static fn () => $bench->stored($size), range(1, Bench::NAMES));
    $class = $bench->class;
    return new Operation(
        static fn (int $turn) => (new $class($paths[$turn % Bench::NAMES]))->processCache($retrieve, $never),
        static function (mixed $got, int $turn) use ($bench, $content, $paths): void {
            $bench->check($got === $content, 'content');
            unlink($paths[$turn % Bench::NAMES]);
        },
        own: static fn (int $turn): float => $alone($bench, $paths[$turn % Bench::NAMES], true),
    );
};

$miss = static function (Bench $bench, int $size) use ($retrieve): Operation {
    $content = $bench->content($size);
    $generate = static fn () => ['binarydata' => $content, 'scope' => 'viewcache', 'datatype' => 'misc'];
    $path = '';
    $class = $bench->class;
    return new Operation(
        static function () use (&$path, $class, $retrieve, $generate) {
            return (new $class($path))->processCache($retrieve, $generate);
        },
        static function (mixed $got, int $turn) use (&$path, $bench, $content): void {
            $bench->check($got === $content, 'content');
            if ($turn < 2) {
                $bench->check($bench->handler($path)->fetchContents() === $content, 'stored content');
            }
            $bench->remove($path);
            unlink($path);
        },
        static function () use (&$path, $bench): void {
            $path = $bench->newName();
        },
    );
};

return ['processCache_hit' => $hit, 'processCache_remote' => $remote, 'processCache_miss' => $miss];
