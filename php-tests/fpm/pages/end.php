<?php
// Ends in the middle of the file's way out, from code that the output runs.

header('Content-Type: application/octet-stream');
if ($_GET['by'] === 'time limit') {
    set_time_limit(1);
}
ob_start(function (string $block): string {
    static $seen = 0;
    $before = $seen;
    $seen += strlen($block);
    if ($before < 500_000 && $seen >= 500_000) {
        match ($_GET['by']) {
            'exit' => exit,
            'throw' => throw new RuntimeException('thrown by the output callback'),
            'out of memory' => str_repeat('x', 1 << 30),
            'time limit' => loop(),
        };
    }
    return $seen < 500_000 ? $block : '';
}, 4096);
(new eZDBFileHandler('var/fpm/storage/original/file'))->passthrough();

function loop(): never
{
    while (true) {
    }
}
