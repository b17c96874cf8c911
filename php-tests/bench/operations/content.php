<?php
// Bytes out of the database and into it.

declare(strict_types=1);

/** Compares all bytes in the first calls, and then their number. */
$same = static fn (Bench $bench, string $content): Closure => static fn (mixed $got, int $turn) => $bench->check(
    is_string($got) && ($turn > 2 ? strlen($got) === strlen($content) : $got === $content),
    'content'
);

$fetchContents = static function (Bench $bench, int $size) use ($same): Operation {
    $handler = $bench->handler($bench->stored($size));
    return new Operation(static fn () => $handler->fetchContents(), $same($bench, $bench->content($size)));
};

$storeContents = static function (Bench $bench, int $size) use ($same): Operation {
    $content = $bench->content($size);
    $same = $same($bench, $content);
    $class = $bench->class;
    $path = '';
    return new Operation(
        static function () use (&$path, $class, $content) {
            return (new $class($path))->storeContents($content, 'image', 'image/png');
        },
        static function (mixed $result, int $turn) use (&$path, $bench, $same): void {
            if ($turn < 2) {
                $same($bench->handler($path)->fetchContents(), $turn);
            }
            $bench->remove($path);
        },
        static function () use (&$path, $bench): void {
            $path = $bench->newName();
        },
    );
};

$fileStore = static function (Bench $bench, int $size) use ($same): Operation {
    $handler = $bench->handler();
    $same = $same($bench, $bench->content($size));
    $path = '';
    return new Operation(
        static function () use (&$path, $handler) {
            return $handler->fileStore($path, 'image', false, 'image/png');
        },
        static function (mixed $result, int $turn) use (&$path, $bench, $same): void {
            if ($turn < 2) {
                $same($bench->handler($path)->fetchContents(), $turn);
            }
            $bench->remove($path);
            unlink($path);
        },
        static function () use (&$path, $bench, $size): void {
            $path = $bench->newName();
            is_dir(dirname($path)) || mkdir(dirname($path), 0777, true);
            file_put_contents($path, $bench->content($size));
        },
    );
};

$fetch = static function (Bench $bench, int $size) use ($same): Operation {
    $path = $bench->stored($size);
    $class = $bench->class;
    $same = $same($bench, $bench->content($size));
    return new Operation(
        static fn () => (new $class($path))->fetch(),
        // As the clients of limit/: looked at in the first calls, and gone as soon as it was there.
        static function (mixed $result, int $turn) use ($path, $same): void {
            if ($turn < 2) {
                $same(file_get_contents($path), $turn);
            }
            unlink($path);
        },
    );
};

/** Standard output is /dev/null. */
$passthrough = static function (Bench $bench, int $size) use ($same): Operation {
    $handler = $bench->handler($bench->stored($size));
    ob_start();
    $handler->passthrough();
    $same($bench, $bench->content($size))(ob_get_clean(), 0);
    return new Operation(static fn () => $handler->passthrough());
};

return [
    'fetchContents' => $fetchContents,
    'storeContents' => $storeContents,
    'fileStore' => $fileStore,
    'fetch' => $fetch,
    'passthrough' => $passthrough,
];
