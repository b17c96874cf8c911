--TEST--
The local file goes after storing when asked for, and only then
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
local('var/a/keep', 'keep');
local('var/a/go', 'go');
local('var/b/default', 'default');
show('kept', $handler->fileStore('var/a/keep', 'image', false));
show('deleted', $handler->fileStore('var/a/go', 'image', true, 'image/png'));
show('default', $handler->fileStore('var/b/default'));
show('local', array_values(array_filter(tree(), 'is_file')));
show('stored', live());
show('bytes', bytes_of('var/a/go'));
?>
--EXPECT--
kept: true
deleted: true
default: true
local: ['var/a/keep', 'var/b/default']
stored: ['var/a/go', 'var/a/keep', 'var/b/default']
bytes: 'go'
