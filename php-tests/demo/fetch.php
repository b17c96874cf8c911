<?php
// Fetches every file of the list to where it was.
//   php fetch.php SITE LIST

declare(strict_types=1);

require __DIR__ . '/site.php';

[, $site, $list] = $argv;
chdir($site);
$files = load_list($list);
$handler = new eZDBFileHandler();
$handler->fileExists('connect before the first measurement');
foreach ($files as $file) {
    $file->fetchSeconds = seconds(function () use ($handler, $file): void {
        $handler->fileFetch($file->path) === $file->path
            || throw new RuntimeException("not fetched: $file->path");
    });
}
save_list($list, $files);
