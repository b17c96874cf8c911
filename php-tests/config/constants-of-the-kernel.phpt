--TEST--
The constants of config.cluster.php go before file.ini and php.ini, each by itself
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'abc');
$wrong = ['file.ini' => ['ClusteringSettings' => ['DBHost' => 'wrong.invalid', 'DBPort' => '1', 'DBName' => 'ezdb_wrong', 'DBUser' => 'wrong', 'DBPassword' => 'wrong', 'DBSocket' => '/wrong']]];
$wrongOptions = ['-d', 'ezdbfile.host=wrong.invalid', '-d', 'ezdbfile.port=1', '-d', 'ezdbfile.database=ezdb_wrong', '-d', 'ezdbfile.user=wrong', '-d', 'ezdbfile.password=wrong', '-d', 'ezdbfile.socket=/wrong'];
$right = [
    'CLUSTER_STORAGE_HOST' => getenv('EZDB_TEST_HOST'), 'CLUSTER_STORAGE_PORT' => (int)getenv('EZDB_TEST_PORT'), 'CLUSTER_STORAGE_USER' => getenv('EZDB_TEST_USER'),
    'CLUSTER_STORAGE_PASS' => getenv('EZDB_TEST_PASSWORD'), 'CLUSTER_STORAGE_DB' => ini_get('ezdbfile.database'), 'CLUSTER_STORAGE_CHARSET' => 'utf8mb4',
];
$read = 'echo (new eZDBFileHandler("var/a"))->fetchContents();';
show('all', child(defines($right) . kernel_code($wrong) . $read, $wrongOptions));
show('port as a string', child(defines(['CLUSTER_STORAGE_PORT' => getenv('EZDB_TEST_PORT')] + $right) . $read, $wrongOptions));
// One source at a time is wrong where the next one would be right.
foreach (['CLUSTER_STORAGE_USER' => ['nobody', 'DBUser'], 'CLUSTER_STORAGE_PASS' => ['wrong', 'DBPassword'], 'CLUSTER_STORAGE_DB' => ['ezdb_none', 'DBName'], 'CLUSTER_STORAGE_PORT' => [1, 'DBPort'], 'CLUSTER_STORAGE_HOST' => ['127.0.0.1:1', 'DBHost'], 'CLUSTER_STORAGE_CHARSET' => ['no_such_charset', null]] as $name => [$value, $variable]) {
    $code = defines([$name => $value] + ($name === 'CLUSTER_STORAGE_PORT' ? $right : [])) . 'try { echo (new eZDBFileHandler("var/a"))->fetchContents() ?: "nothing"; } catch (Throwable $e) { echo "refused"; }';
    show($name, preg_match('/refused|nothing/', child($code)) ? 'counts' : 'does not count');
}
// What is not defined falls through.
show('one constant', child(defines(['CLUSTER_STORAGE_DB' => ini_get('ezdbfile.database')]) . kernel_code(['file.ini' => ['ClusteringSettings' => ['DBName' => 'ezdb_wrong']]]) . $read, ['-d', 'ezdbfile.database=ezdb_wrong']));
show('empty constants', child(defines(['CLUSTER_STORAGE_HOST' => '', 'CLUSTER_STORAGE_PORT' => '', 'CLUSTER_STORAGE_USER' => '', 'CLUSTER_STORAGE_PASS' => '', 'CLUSTER_STORAGE_DB' => '', 'CLUSTER_STORAGE_CHARSET' => '']) . $read));
// Beside a user an empty password is one.
show('empty password of a user', str_contains(child(defines(['CLUSTER_STORAGE_USER' => getenv('EZDB_TEST_USER'), 'CLUSTER_STORAGE_PASS' => '']) . $read), 'using password: NO'));

function defines(array $constants): string
{
    $code = '';
    foreach ($constants as $name => $value) {
        $code .= "define('$name', " . var_export($value, true) . ");\n";
    }
    return $code;
}
?>
--EXPECT--
all: 'abc'
port as a string: 'abc'
CLUSTER_STORAGE_USER: 'counts'
CLUSTER_STORAGE_PASS: 'counts'
CLUSTER_STORAGE_DB: 'counts'
CLUSTER_STORAGE_PORT: 'counts'
CLUSTER_STORAGE_HOST: 'counts'
CLUSTER_STORAGE_CHARSET: 'counts'
one constant: 'abc'
empty constants: 'abc'
empty password of a user: true
