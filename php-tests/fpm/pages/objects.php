<?php
// Hundreds of objects, alive at the same time, each with a question of its own.

$handlers = [];
$found = 0;
for ($i = 0; $i < 500; $i++) {
    $handlers[] = $handler = new eZDBFileHandler('var/fpm/storage/original/file');
    $found += $handler->exists() ? 1 : 0;
}
echo json_encode(['found' => $found]);
