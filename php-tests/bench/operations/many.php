<?php
// Work on many files: those that Tables.php fills the tables with.

declare(strict_types=1);

/** Ten site accesses, two pages of one node in each, as at every publish. */
$dirlist = static function (Bench $bench, int $size, int $rows): Operation {
    $handler = $bench->handler();
    $directories = array_map(static fn (int $i): string => "sa$i", range(0, 9));
    $suffix = static function (int $turn) use ($rows): string {
        $node = 1 + $turn * 37 % (intdiv($rows, 40) - 1);
        return $node % 10 . '/' . intdiv($node, 10) % 10 . "/$node-";
    };
    return new Operation(
        static fn (int $turn) => $handler->fileDeleteByDirList($directories, 'var/site/cache/content', $suffix($turn)),
        static function (mixed $result, int $turn) use ($bench, $directories, $suffix): void {
            $revived = 0;
            foreach ($directories as $directory) {
                $revived += $bench->revive("name LIKE 'var/site/cache/content/$directory/{$suffix($turn)}%'");
            }
            $bench->check($revived === 20, "$revived files of ten directories");
        },
    );
};

$wildcard = static function (Bench $bench, int $size, int $rows): Operation {
    $handler = $bench->handler();
    $number = static fn (int $turn): int => 1 + $turn * 37 % (intdiv($rows, 2) - 1);
    return new Operation(
        static fn (int $turn) => $handler->fileDeleteByWildcard("var/site/storage/images/*/{$number($turn)}-1-eng-GB/*.jpg"),
        static function (mixed $result, int $turn) use ($bench, $number): void {
            $name = 'var/site/storage/images/' . $number($turn) % 10 . '/' . intdiv($number($turn), 10) % 100 . "/{$number($turn)}-1-eng-GB/";
            $bench->check($bench->revive("name LIKE '$name%'") === 1, 'wildcard');
        },
    );
};

$list = static function (Bench $bench, int $size, int $rows): Operation {
    $handler = $bench->handler();
    return new Operation(
        static fn () => $handler->getFileList(),
        static fn (mixed $names) => $bench->check(count($names) >= $rows && is_string($names[$rows - 1]), 'list'),
    );
};

return ['dirlist' => $dirlist, 'wildcard' => $wildcard, 'getFileList' => $list];
