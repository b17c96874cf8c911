--TEST--
isExpired() uses the cluster's mtime, isLocalFileExpired() the local copy's, isDBFileExpired() the cluster's
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/both', 'x', mtime: 1000);
local('var/both', 'x', 2000);
put('var/cluster', 'x', mtime: 1000);
put('var/dead', 'x', mtime: -1000);
local('var/dead', 'x', 2000);
local('var/local', 'x', 2000);
foreach (['var/both', 'var/cluster', 'var/dead', 'var/local', 'var/none'] as $path) {
    $handler = new eZDBFileHandler($path);
    $answers = [];
    foreach ([[500, 3000, null], [1500, 3000, null], [2500, 3000, null], [500, 3000, 500], [500, 3000, 1500], [500, 3000, 2500]] as $case) {
        $answers[] = implode('', array_map(static fn ($method) => $handler->$method(...$case) ? '1' : '0', ['isExpired', 'isLocalFileExpired', 'isDBFileExpired']));
    }
    show($path, $answers);
}
foreach ([false, '../outside'] as $path) {
    show('nothing that can be ' . dump($path), (new eZDBFileHandler($path))->isLocalFileExpired(1, 2, null));
}
?>
--EXPECT--
var/both: ['000', '101', '111', '111', '101', '000']
var/cluster: ['010', '111', '111', '111', '111', '010']
var/dead: ['101', '101', '111', '111', '101', '101']
var/local: ['101', '101', '111', '111', '101', '101']
var/none: ['111', '111', '111', '111', '111', '111']
nothing that can be false: true
nothing that can be '../outside': true
