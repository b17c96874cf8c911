<?php
// Visitors leave. The worker must end that request and serve the next one.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$bytes = store(20_000_000);
$fpm = fpm();
$pid = $fpm->get('use.php')->data()['pid'];
$fpm->start('pass.php')->abandonAfter(100_000);
$next = $fpm->get('use.php')->data();
expect('the worker after a client went away', $pid, $next['pid']);
expect('the file after a client went away', true, $next['exists']);
expect('passthrough after a client went away', $bytes, $fpm->get('pass.php')->body);
expect_soon('connections open, that of this process included', 2, 'open_connections');
