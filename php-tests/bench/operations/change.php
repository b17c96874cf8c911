<?php
// Copying, moving and deleting one file.

declare(strict_types=1);

$fileCopy = static function (Bench $bench, int $size): Operation {
    $from = $bench->stored($size);
    $to = $bench->newName();
    $handler = $bench->handler();
    return new Operation(
        static fn () => $handler->fileCopy($from, $to),
        static function (mixed $result, int $turn) use ($bench, $to, $size): void {
            if ($turn < 2) {
                $bench->check($bench->handler($to)->fetchContents() === $bench->content($size), 'copy');
            }
            $bench->remove($to);
        },
    );
};

/** There and back in turns. */
$fileMove = static function (Bench $bench, int $size): Operation {
    $paths = [$bench->stored($size), $bench->newName()];
    $handler = $bench->handler();
    return new Operation(
        static function () use (&$paths, $handler) {
            return $handler->fileMove(...$paths);
        },
        static function (mixed $result, int $turn) use (&$paths, $bench, $size): void {
            if ($turn < 2) {
                $bench->check($bench->handler($paths[1])->fetchContents() === $bench->content($size), 'moved file');
                $bench->check(!$bench->handler($paths[0])->exists(), 'name of a moved file');
            }
        },
        static function (int $turn) use (&$paths): void {
            if ($turn) {
                $paths = array_reverse($paths);
            }
        },
    );
};

$fileDelete = static function (Bench $bench, int $size): Operation {
    $path = $bench->stored($size);
    $hash = md5($path);
    $handler = $bench->handler();
    return new Operation(
        static fn () => $handler->fileDelete($path),
        static fn () => $bench->check($bench->revive("name_hash = '$hash'") === 1, 'deleted file'),
    );
};

return ['fileCopy' => $fileCopy, 'fileMove' => $fileMove, 'fileDelete' => $fileDelete];
