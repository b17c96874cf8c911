<?php
// Serving through the old handler.
require __DIR__ . '/OldHandler.php';
$handler = new OldHandler(ltrim($_SERVER['REQUEST_URI'], '/'));
$stat = $handler->stat();
if (!$stat || $stat['mtime'] < 0) {
    http_response_code(404);
    exit;
}
header("Content-Type: {$stat['datatype']}");
header("Content-Length: {$stat['size']}");
header('Last-Modified: ' . gmdate('D, d M Y H:i:s', (int) $stat['mtime']) . ' GMT');
$handler->passthrough();
