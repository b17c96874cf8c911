--TEST--
file.ini of the kernel goes before php.ini; what it lacks falls through
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'abc');
$wrongOptions = ['-d', 'ezdbfile.host=wrong.invalid', '-d', 'ezdbfile.port=1', '-d', 'ezdbfile.database=ezdb_wrong', '-d', 'ezdbfile.user=wrong', '-d', 'ezdbfile.password=wrong', '-d', 'ezdbfile.socket=/wrong'];
$tcp = ['DBHost' => getenv('EZDB_TEST_HOST'), 'DBPort' => getenv('EZDB_TEST_PORT'), 'DBName' => ini_get('ezdbfile.database'), 'DBUser' => getenv('EZDB_TEST_USER'), 'DBPassword' => getenv('EZDB_TEST_PASSWORD')];
$socket = ['DBHost' => 'localhost', 'DBSocket' => getenv('EZDB_TEST_SOCKET'), 'DBPort' => ''] + $tcp;
$read = 'echo (new eZDBFileHandler("var/a"))->fetchContents();';
$clustering = static fn (array $variables) => kernel_code(['file.ini' => ['ClusteringSettings' => $variables]]);
show('by TCP', child($clustering($tcp) . $read, $wrongOptions));
show('by socket', child($clustering($socket) . $read, $wrongOptions));
foreach (['DBHost' => '127.0.0.1:1', 'DBName' => 'ezdb_none', 'DBUser' => 'nobody', 'DBPassword' => 'wrong', 'DBSocket' => '/no/socket'] as $name => $value) {
    $said = child($clustering([$name => $value]) . 'try { echo (new eZDBFileHandler("var/a"))->fetchContents() ?: "nothing"; } catch (Throwable $e) { echo "refused"; }');
    show($name, preg_match('/refused|nothing/', $said) ? 'counts' : 'does not count');
}
show('some', child($clustering(['DBName' => ini_get('ezdbfile.database')]) . $read, ['-d', 'ezdbfile.database=ezdb_wrong']));
show('none of them', child($clustering(['FileHandler' => 'eZDBFileHandler']) . $read));
show('no such group', child(kernel_code(['file.ini' => ['Other' => ['DBName' => 'wrong']]]) . $read));
show('no file.ini', child(kernel_code() . $read));
show('no eZINI', child(kernel_code([], ['eZINI']) . $read));
show('empty ones', child($clustering(['DBHost' => '', 'DBPort' => '', 'DBSocket' => '', 'DBName' => '', 'DBUser' => '', 'DBPassword' => '', 'DBChunkSize' => '', 'DBConnectRetries' => '', 'DBExecuteRetries' => '']) . $read));
show('nothing undefined was read', child($clustering(['DBName' => ini_get('ezdbfile.database')]) . $read . 'echo implode("; ", KernelStandIn::said());'));
show('other variables do not matter', child($clustering(['DBBackend' => 'x', 'FileHandler' => 'ezdb', 'DBDebug' => '1', 'Unknown' => ['a', 'list']]) . $read));
?>
--EXPECT--
by TCP: 'abc'
by socket: 'abc'
DBHost: 'counts'
DBName: 'counts'
DBUser: 'counts'
DBPassword: 'counts'
DBSocket: 'counts'
some: 'abc'
none of them: 'abc'
no such group: 'abc'
no file.ini: 'abc'
no eZINI: 'abc'
empty ones: 'abc'
nothing undefined was read: 'abc'
other variables do not matter: 'abc'
