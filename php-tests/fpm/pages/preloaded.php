<?php
// Uses what was preloaded, and tells of the connections of this process.

if ($meet = (int) ($_GET['meet'] ?? 0)) {
    chdir(getenv('EZDB_FPM_SITE'));
    touch('preloaded-' . getmypid());
    for ($end = time() + 30; count(glob('preloaded-*')) < $meet && time() < $end;) {
        usleep(1000);
    }
}
$handler = new PreloadedHandler('var/fpm/storage/original/file');
$said = $handler->greeting();
$pool = ezdbfile_status()['pool'];
echo json_encode(['pid' => getmypid(), 'said' => $said, 'open' => $pool['open'], 'inherited' => $pool['inherited'], 'md5' => md5($handler->fetchContents())]);
