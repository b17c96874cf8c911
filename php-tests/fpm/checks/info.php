<?php
// The password is in the pool's configuration only; it has to work, and nothing may show it.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

store(1000);
expect('a file that is there', true, fpm()->get('use.php')->data()['exists']);

$page = fpm()->get('info.php')->body;
expect('the version in phpinfo()', 1, preg_match('/ezdbfile.*' . preg_quote(phpversion('ezdbfile')) . '/s', $page));
expect('a setting of the pool in phpinfo()', true, str_contains($page, getenv('EZDB_TEST_SOCKET')));
expect('the password in phpinfo(), ini_get() and the like', false, str_contains($page, getenv('EZDB_TEST_PASSWORD')));
