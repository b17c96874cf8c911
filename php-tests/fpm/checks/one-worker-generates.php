<?php
// Requests of several workers for one page: one of them makes it; the others wait
// for it when there is nothing else, and else have the content that was there before.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

const WORKERS = 4;
const PAGE = ['do' => 'page', 'file' => 'var/fpm/cache/content/page.php'];

store(1000);
$fpm = fpm();
$name = getenv('EZDB_FPM_NOTES') . '.gate';
touch($name);
chmod($name, 0644);
$gate = fopen($name, 'c');

flock($gate, LOCK_EX);
$requests = [];
for ($i = 0; $i < WORKERS; $i++) {
    $requests[] = $fpm->start('cache.php', PAGE + ['content' => "made by request $i", 'gate' => $name]);
}
expect_soon('workers that wait for the one that makes the page', WORKERS - 1, 'waiting_connections');
flock($gate, LOCK_UN);
$answers = array_map(fn ($request) => $request->finish()->data(), $requests);
expect('requests that made the page', 1, count(array_filter(array_column($answers, 'made'))));
expect('different contents', 1, count(array_unique(array_column($answers, 'result'))));
expect('workers', WORKERS, count(array_unique(array_column($answers, 'pid'))));
$old = $answers[0]['result'];
expect('the page afterwards', $old, $fpm->get('cache.php', PAGE)->data()['result']);

$fpm->get('cache.php', ['do' => 'delete'] + PAGE);
flock($gate, LOCK_EX);
$request = $fpm->start('cache.php', PAGE + ['content' => 'new', 'gate' => $name]);
expect_soon('claims', 1, 'claims');
for ($i = 1; $i < 2 * WORKERS; $i++) {
    $answer = $fpm->get('cache.php', PAGE + ['content' => 'made by mistake'])->data();
    expect('the page meanwhile', [$old, false], [$answer['result'], $answer['made']]);
}
flock($gate, LOCK_UN);
$answer = $request->finish()->data();
expect('the page for the one who made it', ['new', true], [$answer['result'], $answer['made']]);
expect('the page for the next one', 'new', $fpm->get('cache.php', PAGE + ['content' => 'made by mistake'])->data()['result']);
expect('claims', 0, claims());

function waiting_connections(): int
{
    return (int) admin()->query("SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'")->fetch_row()[0];
}

function claims(): int
{
    $table = ini_get('ezdbfile.database') . '.ezdbfile';
    return (int) admin()->query("SELECT COUNT(*) FROM $table WHERE name LIKE '%.generating'")->fetch_row()[0];
}
