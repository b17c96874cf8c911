--TEST--
purge() removes the local copy, recursively for a directory, and no other local file
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['var/a/1', 'var/a/b/2', 'var/ab/3', 'var/file'] as $name) {
    put($name, 'x', mtime: -1000);
    (new eZDBFileHandler($name))->fetch();
}
local('var/a/b/c/not in the cluster', 'x');
(new eZDBFileHandler('var/a'))->purge();
show('directory', [tree(), expired()]);
(new eZDBFileHandler('var/file'))->purge();
show('file', [array_values(array_filter(tree(), 'is_file')), expired()]);
file_put_contents(scratch('outside'), 'kept');
mkdir('var/linked');
symlink(dirname(scratch('outside')), 'var/linked/scratch');
(new eZDBFileHandler('var/linked'))->purge();
show('what a link points to', [file_get_contents(scratch('outside')), file_exists('var/linked')]);
?>
--EXPECT--
directory: [['var/', 'var/ab/', 'var/ab/3', 'var/file'], ['var/ab/3', 'var/file']]
file: [['var/ab/3'], ['var/ab/3']]
what a link points to: ['kept', false]
