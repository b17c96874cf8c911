<?php
// SIGUSR2 replaces the workers when they have done what they are doing; SIGTERM ends them at once.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$bytes = store(20_000_000);
(new eZDBFileHandler())->disconnect();
$fpm = fpm();
$master = (int) getenv('EZDB_FPM_PID');
$signal = static fn (string $name): bool => exec("kill -$name $master 2>&1", $said, $status) !== false && $status === 0;
$before = $fpm->get('use.php')->data()['pid'];

$stream = $fpm->start('pass.php');
$stream->await(100_000);
expect('SIGUSR2', true, $signal('USR2'));
expect('a stream that was under way', $bytes, $stream->finish()->body);
for ($end = time() + 30; time() < $end;) {
    try {
        $next = $fpm->get('use.php')->data();
        if (!is_alive($before)) {
            break;
        }
    } catch (RuntimeException | ErrorException) {
        // The workers are just being replaced.
        usleep(10_000);
    }
}
expect('the file after a reload', true, $next['exists']);
expect('passthrough after a reload', $bytes, $fpm->get('pass.php')->body);
expect('the former worker', false, is_alive($before));
// One for each worker that was asked since; the former ones took theirs along.
expect_soon('connections open', true, fn () => open_connections() <= 2);

$stream = $fpm->start('pass.php');
$stream->await(100_000);
expect('SIGTERM', true, $signal('TERM'));
try {
    $part = $stream->finish()->body;
    expect('a part of the file', true, str_starts_with($bytes, substr($part, 0, 100_000)));
} catch (RuntimeException) {
    // The worker is gone.
}
expect_soon('connections open', 0, 'open_connections');
expect('the file', $bytes, (new eZDBFileHandler(FILE))->fetchContents());
