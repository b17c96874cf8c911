--TEST--
The charset says what the bytes of names mean on tables with character columns
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$name = "caf\u{E9}";
foreach (['utf8mb4', 'latin1', ''] as $charset) {
    $define = $charset === '' ? '' : "define('CLUSTER_STORAGE_CHARSET', '$charset');";
    $path = "var/$charset-$name";
    show("charset $charset", child($define . '
        $handler = new eZDBFileHandler(' . var_export($path, true) . ');
        echo $handler->processCache(null, fn () => "made"), " ", $handler->processCache(fn () => "got", fn () => "wrong"), " ", $handler->exists() ? "exists" : "missing";'));
    show('by its hash', value("SELECT COUNT(*) FROM ezdbfile WHERE name_hash = '" . md5($path) . "'"));
}
?>
--EXPECT--
charset utf8mb4: 'made got exists'
by its hash: 1
charset latin1: 'made got exists'
by its hash: 1
charset : 'made got exists'
by its hash: 1
