--TEST--
ezdbfile.dfs_alias = 0 leaves the name eZDFSFileHandler free
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['dfs_alias' => '0']);
$handler = new eZDBFileHandler('var/a.txt');
show('alias', class_exists('eZDFSFileHandler', false));
eval('class eZDFSFileHandler {}');
show('own class', $handler instanceof eZDFSFileHandler);
?>
--EXPECT--
alias: false
own class: false
