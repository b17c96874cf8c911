--TEST--
DBHost may name several servers, which are tried in order
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'abc');
$host = getenv('EZDB_TEST_HOST');
$port = getenv('EZDB_TEST_PORT');
$dead = '127.0.0.1:1'; // nobody listens there
$account = ['DBUser' => getenv('EZDB_TEST_USER'), 'DBPassword' => getenv('EZDB_TEST_PASSWORD'), 'DBName' => ini_get('ezdbfile.database')];
$read = '
    try {
        echo (new eZDBFileHandler("var/a"))->fetchContents(), " ", (new eZDBFileHandler("var/b"))->processCache(null, fn () => "made");
    } catch (Throwable $e) {
        echo "refused: ", strtr($e->getMessage(), ["' . $port . '" => "PORT"]);
    }';
$lists = [
    'one' => ["$host:$port", ''],
    'the first' => ["$host:$port,$dead", ''],
    'the second' => ["$dead,$host:$port", ''],
    'the third, with spaces' => [" $dead , 127.0.0.1:2 , $host:$port ", ''],
    'DBPort for those without' => ["$dead,$host", $port],
    'then the socket' => ["$dead,localhost", '1'],
    'the socket first' => ["localhost,$dead", '1'],
    'empty items' => [",$host:$port,", ''],
];
foreach ($lists as $label => [$list, $dbPort]) {
    $settings = ['DBHost' => $list, 'DBPort' => $dbPort] + $account;
    show($label, child(kernel_code(['file.ini' => ['ClusteringSettings' => $settings]]) . $read));
}
foreach (['CLUSTER_STORAGE_HOST' => "define('CLUSTER_STORAGE_HOST', '$dead,$host:$port');", 'php.ini' => "ini_set('ezdbfile.host', '$dead,$host:$port');"] as $label => $code) {
    show($label, child($code . $read));
}
$refused = child(kernel_code(['file.ini' => ['ClusteringSettings' => ['DBHost' => "$dead,127.0.0.1:2"] + $account]]) . $read);
show('none', [str_starts_with($refused, 'refused: '), str_contains($refused, getenv('EZDB_TEST_PASSWORD'))]);
?>
--EXPECT--
one: 'abc made'
the first: 'abc made'
the second: 'abc made'
the third, with spaces: 'abc made'
DBPort for those without: 'abc made'
then the socket: 'abc made'
the socket first: 'abc made'
empty items: 'abc made'
CLUSTER_STORAGE_HOST: 'abc made'
php.ini: 'abc made'
none: [true, false]
