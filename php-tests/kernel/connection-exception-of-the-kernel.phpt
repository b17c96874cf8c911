--TEST--
Without a connection the kernel's exception is thrown, and nothing shows the password
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
$password = bin2hex(random_bytes(8));
kernel(['file.ini' => ['ClusteringSettings' => ['DBPassword' => $password, 'DBUser' => 'nobody_' . getmypid(), 'FileHandler' => 'eZDBFileHandler']]]);
foreach ([false, 'var/a'] as $path) {
    try {
        show('made', eZClusterFileHandler::instance($path));
    } catch (Throwable $e) {
        show('thrown', [get_class($e), (new ReflectionClass($e))->isInternal()]);
        $all = print_r($e, true) . $e . var_export(KernelStandIn::$messages, true) . var_export(warnings(), true) . print_r(KernelStandIn::$debug, true);
        show('password in it', str_contains(str_replace(var_export(KernelStandIn::$settings, true), '', $all), $password));
    }
}
ob_start();
phpinfo(INFO_MODULES);
$info = ob_get_clean();
show('password in phpinfo()', str_contains($info, $password));
?>
--EXPECT--
thrown: ['eZClusterHandlerDBNoConnectionException', false]
password in it: false
thrown: ['eZClusterHandlerDBNoConnectionException', false]
password in it: false
password in phpinfo(): false
