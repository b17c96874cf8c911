<?php
// A page has hundreds of handler objects, and one connection.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

store(1000);
$before = connections();
expect('objects that found their file', 500, fpm()->get('objects.php')->data()['found']);
expect('connections made', 1, connections() - $before);
