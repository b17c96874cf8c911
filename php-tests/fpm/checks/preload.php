<?php
// opcache.preload runs PHP code before there are workers: in the process that they are forked from, or
// in one of its own (root). The connection that it makes there is no worker's.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$bytes = store(500_000);
(new eZDBFileHandler())->disconnect();
$fpm = fpm();
$pids = [];
$asked = [$fpm->start('preloaded.php', ['meet' => 2]), $fpm->start('preloaded.php', ['meet' => 2])];
foreach ($asked as $request) {
    $answer = $request->finish()->data();
    $pids[$answer['pid']] = 1;
    expect('a worker with what was preloaded', ['preloaded', 1, md5($bytes)], [$answer['said'], $answer['open'], $answer['md5']]);
}
expect('workers', 2, count($pids));
// Both at once again and again: two that share a line would hear each other's answers.
for ($i = 0; $i < 100; $i++) {
    $asked = [$fpm->start('preloaded.php'), $fpm->start('preloaded.php')];
    foreach ($asked as $request) {
        expect('the file', md5($bytes), $request->finish()->data()['md5']);
    }
}
expect_soon('connections open: one of each worker, perhaps one of the parent', true, fn () => in_array(open_connections(), [2, 3], true));
