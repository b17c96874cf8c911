<?php
// One question to the cluster, and who answered.

// So many workers wait here for each other; half a minute at most.
if ($meet = (int) ($_GET['meet'] ?? 0)) {
    chdir(getenv('EZDB_FPM_SITE'));
    touch('here-' . getmypid());
    for ($end = time() + 30; count(glob('here-*')) < $meet && time() < $end;) {
        usleep(1000);
    }
}
$handler = new eZDBFileHandler('var/fpm/storage/original/file');
echo json_encode(['pid' => getmypid(), 'exists' => $handler->exists()]);
