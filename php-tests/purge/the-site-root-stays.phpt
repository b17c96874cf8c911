--TEST--
purge() of the site root, or of a directory that it is in, removes no local file and says so
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
local('var/a', 'a');
local('index.php', 'b');
put('var/a', 'x', mtime: -1000);
$root = getcwd();
mkdir('deep');
foreach (['.', './', './.', $root, dirname($root), "$root/deep/.."] as $path) {
    $purged = (new eZDBFileHandler($path))->purge();
    show(str_replace([$root, dirname($root)], ['{root}', '{parent}'], $path), [$purged, (bool) preg_grep('/site root|could lead out of the site/', warnings()), tree()]);
}
// As it is the site that counts, a directory beside it goes.
mkdir($beside = scratch('beside'));
file_put_contents("$beside/c", 'c');
show('beside', [(new eZDBFileHandler($beside))->purge(), file_exists($beside)]);
show('the cluster', expired());
?>
--EXPECT--
.: [false, true, ['deep/', 'index.php', 'var/', 'var/a']]
./: [false, true, ['deep/', 'index.php', 'var/', 'var/a']]
./.: [false, true, ['deep/', 'index.php', 'var/', 'var/a']]
{root}: [false, true, ['deep/', 'index.php', 'var/', 'var/a']]
{parent}: [false, true, ['deep/', 'index.php', 'var/', 'var/a']]
{root}/deep/..: [false, true, ['deep/', 'index.php', 'var/', 'var/a']]
beside: [true, false]
the cluster: ['var/a']
