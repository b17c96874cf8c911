<?php
// Writes down what the site consists of: sizes, checksums, types.
//   php list.php SITE LIST

declare(strict_types=1);

require __DIR__ . '/site.php';

[, $site, $list] = $argv;
$types = new finfo(FILEINFO_MIME_TYPE);
$files = [];
foreach (files_below($site) as $path) {
    if (str_contains($path, '\\')) {
        // To the kernel a backslash is a slash, so it could never find this file.
        echo '-- skipped, a backslash in its name: ', printable($path), "\n";
        unlink("$site/$path");
        continue;
    }
    $local = "$site/$path";
    $files[] = new SiteFile($path, filesize($local), hash_file('sha256', $local), $types->file($local));
}
usort($files, fn (SiteFile $a, SiteFile $b) => strcmp($a->path, $b->path));
$files !== [] || throw new RuntimeException('there is no file to store');
save_list($list, $files);
printf("-- %d files, %.1f MB\n", count($files), array_sum(array_map(fn ($file) => $file->size, $files)) / 1e6);
