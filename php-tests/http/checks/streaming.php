<?php
// Clients that are slow, that leave, and files and connections that go in the middle, for one server.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

$front = fronts()[$argv[1]];
const NAME = 'var/site/storage/images/stream/film.png';
const TARGET = '/' . NAME;
const TIMEOUT = 2;

$old = store_as(NAME, noise(24_000_000), 'image/png', 1700000000);
admin()->query('SET GLOBAL net_write_timeout = ' . TIMEOUT);
// Connections that were made before know the old timeout.
cut_connections();
expect_soon('connections of the workers', 0, fn (): int => count(connection_ids()));

/** Connections of the site's account to the database of this test. */
function connection_ids(): array
{
    $user = admin()->real_escape_string(getenv('EZDB_TEST_USER'));
    return array_column(admin()->query("SELECT id FROM information_schema.processlist WHERE user = '$user' AND db = '" . getenv('EZDB_HTTP_DATABASE') . "'")->fetch_all(), 0);
}

/** What an administrator does. */
function cut_connections(): void
{
    // Not that of this process.
    (new eZDBFileHandler())->disconnect();
    foreach (connection_ids() as $id) {
        try {
            admin()->query("KILL $id");
        } catch (mysqli_sql_exception $e) {
            // It went by itself meanwhile.
            expect('why a connection was not cut', 1094, $e->getCode());
        }
    }
}

/** A response of which little was read, while the rest is still to come from the database. */
function begun(string $front)
{
    $stream = send($front, 'GET', TARGET);
    $read = fread($stream, 1000);
    expect('the beginning of a response', 'HTTP/1.1 200 OK', substr($read, 0, 15));
    return [$stream, $read];
}
$busy = fn (): int => (int) admin()->query("SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Writing to net%' OR (command = 'Execute' AND db = '" . getenv('EZDB_HTTP_DATABASE') . "')")->fetch_row()[0];

// 20 KB/s for longer than the server waits for other clients.
$stream = send($front, 'GET', TARGET);
$read = read_slowly($stream, 20_000, TIMEOUT + 2.5);
expect('bytes of a slow client', true, strlen($read) < 500_000);
$response = new HttpResponse($read . rest($stream));
expect('a slow client', [200, '24000000'], [$response->status, $response->field('Content-Length')]);
expect('the file of a slow client', $old, $response->body);

// Replaced in the middle: the old version to the end.
[$stream, $read] = begun($front);
$new = store_as(NAME, strrev($old), 'image/png', 1700000000);
$response = new HttpResponse($read . rest($stream));
expect('a file that was replaced in the middle', [(string) strlen($old), $old], [$response->field('Content-Length'), $response->body]);
expect('the version afterwards', $new, get($front, TARGET)->body);

// A client that leaves: the worker and the connection are free.
for ($i = 0; $i < 5; $i++) {
    [$stream] = begun($front);
    fclose($stream);
}
expect_soon('statements of clients that left', 0, $busy);
expect('after clients left', $new, get($front, TARGET)->body);

// The connection to the database dies in the middle: nobody takes the response for whole.
[$stream, $read] = begun($front);
cut_connections();
$cut = new HttpResponse($read . rest($stream));
expect('a response without its database', true, strlen($cut->body) < (int) $cut->field('Content-Length') || $cut->body === $new);
// The web server may have had all of it before, in buffers or as a copy: only a cut one shows that it shows.
if ($argv[2] === 'none') {
    expect('whether it was cut', true, strlen($cut->body) < strlen($new));
}
expect('what came of it', substr($new, 0, strlen($cut->body)), $cut->body);
expect('the next request', $new, get($front, TARGET)->body);
admin()->query('SET GLOBAL net_write_timeout = DEFAULT');
(new eZDBFileHandler())->disconnect();
expect_soon('connections left are those of at most two workers', true, fn (): bool => count(connection_ids()) <= 2);
