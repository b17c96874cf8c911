<?php
/*
 * How many times a second the client of the limit looks a file up and reads it, when as many of them work at
 * once as keep all processors busy: what the database alone allows a web server. Started by http.sh.
 *
 *   php look-ups.php BYTES SECONDS
 */

declare(strict_types=1);

require __DIR__ . '/Contender.php';

[, $size, $seconds] = $argv;
/** @var list<Contender> $clients */
$clients = [];
while (count($clients) < 8) {
    $directory = getenv('BENCH_NODES') . '/look-ups-' . count($clients);
    is_dir($directory) || mkdir($directory);
    $clients[] = new Contender('look-ups', [getenv('BENCH_LIMIT'), 'id'], $directory, ['BENCH_DATABASE' => 'ezdb_bench_id'], true);
}
foreach ($clients as $client) {
    $client->ask("setup passthrough $size 0");
}
$calls = 0;
$start = hrtime(true);
do {
    foreach ($clients as $client) {
        $client->send('run 200000 10000');
    }
    foreach ($clients as $client) {
        $calls += count($client->answer()['us']);
    }
    $took = (hrtime(true) - $start) / 1e9;
} while ($took < $seconds);
foreach ($clients as $client) {
    $client->ask('teardown');
    $client->end();
}
printf("%.1f\n", $calls / $took);
