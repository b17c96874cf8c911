<?php
// Workers keep their connection: 1000 requests to 2 workers make 2 of them.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

store(1000);
(new eZDBFileHandler())->disconnect();
$fpm = fpm();

// Connections that are made by requests would show.
$account = [
    'user' => getenv('EZDB_TEST_USER'),
    'password' => getenv('EZDB_TEST_PASSWORD'),
    'socket' => getenv('EZDB_TEST_SOCKET'),
];
$before = connections();
for ($i = 0; $i < 10; $i++) {
    expect('a page that connects by itself', 'ok', $fpm->get('connect.php', $account)->body);
}
expect('connections of 10 requests that connect', 10, connections() - $before);

// Two requests that wait for each other need both workers.
$before = connections();
$slow = [$fpm->start('use.php', ['meet' => 2]), $fpm->start('use.php', ['meet' => 2])];
$served = [];
foreach ($slow as $request) {
    $served[$request->finish()->data()['pid']] = 1;
}
expect('workers', 2, count($served));

$inFlight = [$fpm->start('use.php')];
for ($i = 3; $i <= 1000; $i++) {
    if ($i < 1000) {
        $inFlight[] = $fpm->start('use.php');
    }
    $answer = array_shift($inFlight)->finish()->data();
    expect('a file that is there', true, $answer['exists']);
    $served[$answer['pid']] = ($served[$answer['pid']] ?? 0) + 1;
}
expect('requests', 1000, array_sum($served));
expect('processes that served them', 2, count($served));
expect('connections made', 2, connections() - $before);
expect_soon('connections open', 2, 'open_connections');
