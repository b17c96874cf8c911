<?php
// What PHP can do at best: the file is on the local disk.
$file = __DIR__ . $_SERVER['REQUEST_URI'];
header('Content-Type: image/png');
header('Content-Length: ' . filesize($file));
readfile($file);
