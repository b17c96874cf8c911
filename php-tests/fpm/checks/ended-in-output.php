<?php
// Output can run PHP code, and that code can end the request in the middle of
// a result set that is half read. The next request of the same worker must not
// find the connection in that state.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$bytes = store(3_000_000);
$fpm = fpm();
$pid = $fpm->get('use.php')->data()['pid'];
foreach (['exit', 'throw', 'out of memory', 'time limit'] as $end) {
    $part = $fpm->get('end.php', ['by' => $end])->body;
    expect("the whole file came, though the request ended by $end", false, str_contains($part, substr($bytes, -1000)));
    $next = $fpm->get('use.php')->data();
    expect("the file is there after a request that ended by $end", true, $next['exists']);
    expect("the worker after a request that ended by $end", $pid, $next['pid']);
    expect("passthrough after a request that ended by $end", $bytes, $fpm->get('pass.php')->body);
}
expect_soon('connections open, that of this process included', 2, 'open_connections');
