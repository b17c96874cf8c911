--TEST--
phpinfo(), php --ri, ini functions and the status never show the password
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
$handler = new eZDBFileHandler('var/a.txt');
$handler->storeContents('x');

$shown = [];
ob_start();
phpinfo(INFO_MODULES | INFO_CONFIGURATION);
$shown['phpinfo'] = ob_get_clean();
$ri = proc_open(array_merge([PHP_BINARY], php_options(), ['--ri', 'ezdbfile']), [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
$shown['--ri'] = stream_get_contents($pipes[1]) . stream_get_contents($pipes[2]);
show('exit status of --ri', proc_close($ri));
$shown['ini_get_all'] = var_export(ini_get_all(), true) . var_export(ini_get_all('ezdbfile'), true) . var_export(ini_get_all('ezdbfile', false), true);
$shown['ini_get'] = ini_get('ezdbfile.password');
$shown['get_cfg_var'] = get_cfg_var('ezdbfile.password');
$shown['ini_restore'] = [ini_restore('ezdbfile.password'), ini_get('ezdbfile.password')][1];
$shown['status'] = var_export(ezdbfile_status(), true);
ob_start();
var_dump($handler);
$shown['object'] = ob_get_clean() . print_r($handler, true) . var_export((array)$handler, true) . json_encode($handler);

show('there is a password', getenv('EZDB_TEST_PASSWORD') !== '');
foreach ($shown as $where => $text) {
    show("password in $where", str_contains((string)$text, getenv('EZDB_TEST_PASSWORD')));
}
?>
--EXPECT--
exit status of --ri: 0
there is a password: true
password in phpinfo: false
password in --ri: false
password in ini_get_all: false
password in ini_get: false
password in get_cfg_var: false
password in ini_restore: false
password in status: false
password in object: false
