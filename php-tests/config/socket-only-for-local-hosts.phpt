--TEST--
The socket of php.ini is used for localhost only: another host goes by TCP
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
put_fresh('var/a', 'abc');
$code = 'echo (new eZDBFileHandler("var/a"))->fetchContents(); tell("connected"); hear();';
$place = static fn () => array_map(static fn ($host) => str_contains($host, ':') ? 'TCP' : 'socket', column('SELECT HOST FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()'));
$host = getenv('EZDB_TEST_HOST');
$port = getenv('EZDB_TEST_PORT');
foreach ([
    'constants of another host' => "define('CLUSTER_STORAGE_HOST', '$host'); define('CLUSTER_STORAGE_PORT', $port);",
    'file.ini of another host' => kernel_code(['file.ini' => ['ClusteringSettings' => ['DBHost' => $host, 'DBPort' => $port]]]),
    'localhost' => "define('CLUSTER_STORAGE_HOST', 'localhost'); define('CLUSTER_STORAGE_PORT', 1);",
    'no host' => "define('CLUSTER_STORAGE_HOST', ''); define('CLUSTER_STORAGE_PORT', 1);",
] as $label => $settings) {
    $process = Process::start($settings . $code);
    show($label, [$process->hear(), $place(), $process->finish()]);
    eventually(static fn () => $place() === []);
}
?>
--EXPECT--
constants of another host: ['connected', ['TCP'], 'abc']
file.ini of another host: ['connected', ['TCP'], 'abc']
localhost: ['connected', ['socket'], 'abc']
no host: ['connected', ['socket'], 'abc']
