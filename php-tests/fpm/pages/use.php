<?php
// One question to the cluster, and who answered.

usleep(1000 * (int) ($_GET['sleep'] ?? 0));
$handler = new eZDBFileHandler('var/fpm/storage/original/file');
echo json_encode(['pid' => getmypid(), 'exists' => $handler->exists()]);
