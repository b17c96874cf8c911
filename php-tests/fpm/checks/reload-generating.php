<?php
// One worker makes a page and another waits for it, when SIGUSR2 comes, which lets both go on to their end, and
// when SIGTERM does, which ends both in the middle.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

store(1000);
$fpm = fpm();
$name = getenv('EZDB_FPM_NOTES') . '.gate';
touch($name);
chmod($name, 0644);
$gate = fopen($name, 'c');

foreach (['USR2', 'TERM'] as $signal) {
    $page = ['do' => 'page', 'file' => "var/fpm/cache/$signal/page.php"];
    flock($gate, LOCK_EX);
    $maker = $fpm->start('cache.php', $page + ['content' => "made before SIG$signal", 'gate' => $name]);
    expect_soon('claims', 1, 'claims');
    $waiter = $fpm->start('cache.php', $page + ['content' => 'made by mistake', 'gate' => $name]);
    expect_soon('workers that wait', 1, 'waiting_connections');
    exec("kill -$signal " . (int) getenv('EZDB_FPM_PID') . ' 2>&1', $said, $status);
    expect("SIG$signal", [0, []], [$status, $said]);
    if ($signal === 'TERM') {
        expect_soon('connections open but that of this process', 0, fn () => open_connections() - ezdbfile_status()['pool']['open']);
        flock($gate, LOCK_UN);
        break;
    }
    flock($gate, LOCK_UN);
    $answers = [$maker->finish()->data(), $waiter->finish()->data()];
    expect('who made the page', [true, false], array_column($answers, 'made'));
    expect('the page', array_fill(0, 2, "made before SIG$signal"), array_column($answers, 'result'));
    $former = array_column($answers, 'pid');
    expect_soon('the former workers', [], fn () => array_values(array_filter($former, 'is_alive')));
    for ($end = time() + 30; time() < $end;) {
        try {
            $next = $fpm->get('cache.php', $page + ['content' => 'made by mistake'])->data();
            break;
        } catch (RuntimeException | ErrorException) {
            // The workers are just being replaced.
            usleep(10_000);
        }
    }
    expect('the page after a reload', ["made before SIG$signal", false], [$next['result'], $next['made']]);
    expect('claims after a reload', 0, claims());
    expect_soon('connections after a reload', true, fn () => open_connections() - ezdbfile_status()['pool']['open'] <= 2);
}

// Nobody was left to remove the row of the claim. It is in nobody's way, and nothing of the page was stored.
expect('the page that was not finished', false, (new eZDBFileHandler($page['file']))->exists());
$handler = new eZDBFileHandler($page['file']);
expect('a claim', true, $handler->startCacheGeneration());
expect('the end of it', true, $handler->storeContents('made afterwards') && $handler->endCacheGeneration());
expect('the page', 'made afterwards', (new eZDBFileHandler($page['file']))->fetchContents());
expect('claims at the end', 0, claims());

function waiting_connections(): int
{
    return (int) admin()->query("SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'")->fetch_row()[0];
}

function claims(): int
{
    $table = ini_get('ezdbfile.database') . '.ezdbfile';
    return (int) admin()->query("SELECT COUNT(*) FROM $table WHERE name LIKE '%.generating'")->fetch_row()[0];
}
