<?php
// A virtual host of php.ini has a password of its own for the length of its requests.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$fpm = fpm();
store(1000);
$ask = static fn (string $host): string => $fpm->get('use.php', [], ['SERVER_NAME' => $host])->body;
$ours = json_decode($ask('localhost'), true);
expect('by the password of the pool', true, $ours['exists']);
for ($i = 0; $i < 2; $i++) {
    expect('by that of the host', 1, preg_match('/NoConnection|Access denied/', $ask('other.example')));
    expect('by that of the pool again', $ours, json_decode($ask('localhost'), true));
}
