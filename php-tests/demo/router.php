<?php
// For php -S: every file comes out of the database; this directory has none.

declare(strict_types=1);

$file = new eZDBFileHandler(rawurldecode(substr(strtok($_SERVER['REQUEST_URI'], '?'), 1)));
if (!$file->exists()) {
    http_response_code(404);
    return;
}
header('Content-Type: ' . $file->dataType());
header('Content-Length: ' . $file->size());
$file->passthrough();
