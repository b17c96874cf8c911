<?php
// Called before and, with an argument, after a restart of the database server.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$notes = getenv('EZDB_FPM_NOTES');
if ($argc === 1) {
    store(200_000);
    $answer = fpm()->get('use.php')->data();
    file_put_contents($notes, $answer['pid']);
} else {
    $answer = fpm()->get('use.php')->data();
    expect('the worker after the restart', (int) file_get_contents($notes), $answer['pid']);
}
expect('a file that is there', true, $answer['exists']);
