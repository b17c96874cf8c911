--TEST--
deleteLocal() removes the local copy and the directories that it leaves empty, nothing in the cluster
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a/b/c.txt', 'c');
put('var/d.txt', 'd');
put('top.txt', 'top');
$handler = new eZDBFileHandler('var/a/b/c.txt');
$handler->fetch();
$handler->fileFetch('var/d.txt');
$handler->fileFetch('top.txt');
mkdir('var/a/empty');
$handler->deleteLocal();
show('sibling directory stays', tree());
rmdir('var/a/empty');
$handler->fetch();
$handler->fileDeleteLocal('var/a/b/c.txt');
show('up to the first that is not empty', tree());
$handler->fileDeleteLocal('var/d.txt');
show('up to the site root', tree());
$handler->fileDeleteLocal('top.txt');
show('the root stays', [tree(), is_dir(getcwd())]);
show('cluster', live());
$handler->fileDeleteLocal('var/not/there.txt');
warnings();
local('var/x/y.txt', 'y');
$handler->fileDeleteLocal('var/x/z.txt');
warnings();
show('other files stay', tree());
?>
--EXPECT--
sibling directory stays: ['top.txt', 'var/', 'var/a/', 'var/a/empty/', 'var/d.txt']
up to the first that is not empty: ['top.txt', 'var/', 'var/d.txt']
up to the site root: ['top.txt']
the root stays: [[], true]
cluster: ['top.txt', 'var/a/b/c.txt', 'var/d.txt']
other files stay: ['var/', 'var/x/', 'var/x/y.txt']
