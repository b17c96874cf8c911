<?php
// Stores every file of the list, then removes the local ones.
//   php store.php SITE LIST

declare(strict_types=1);

require __DIR__ . '/site.php';

[, $site, $list] = $argv;
chdir($site);
$files = load_list($list);
$handler = new eZDBFileHandler();
$handler->fileExists('connect before the first measurement');
foreach ($files as $file) {
    $file->storeSeconds = seconds(function () use ($handler, $file): void {
        $handler->fileStore($file->path, $file->scope(), false, $file->type)
            || throw new RuntimeException("not stored: $file->path");
    });
}
foreach ($files as $file) {
    (new eZDBFileHandler($file->path))->deleteLocal();
}
foreach (files_below($site) as $left) {
    throw new RuntimeException("still there after deleteLocal: $left");
}
save_list($list, $files);
