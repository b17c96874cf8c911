<?php
// Chooses the file to be served: an image if there is one, the largest of them.
// Three lines for the shell: path as part of a URL, MIME type, checksum.
//   php choose.php LIST

declare(strict_types=1);

require __DIR__ . '/site.php';

$files = load_list($argv[1]);
$rank = fn (SiteFile $file) => [str_starts_with($file->type, 'image/'), $file->scope() === 'image', $file->size];
usort($files, fn (SiteFile $a, SiteFile $b) => $rank($b) <=> $rank($a));
echo implode('/', array_map('rawurlencode', explode('/', $files[0]->path))), "\n", $files[0]->type, "\n", $files[0]->checksum, "\n";
