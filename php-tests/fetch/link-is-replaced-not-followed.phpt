--TEST--
A symbolic link in the place of the local copy is replaced; what it points to is not written
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'cluster');
file_put_contents(scratch('target.txt'), 'elsewhere');
mkdir('var');
symlink(scratch('target.txt'), 'var/a.txt');
show('fetched', (new eZDBFileHandler('var/a.txt'))->fetch());
show('local', [is_link('var/a.txt'), local_bytes('var/a.txt')]);
show('target', file_get_contents(scratch('target.txt')));
mkdir(scratch('shared'));
symlink(scratch('shared'), 'linked');
put('linked/b/c.txt', 'through a linked directory');
show('linked directory', [(new eZDBFileHandler('linked/b/c.txt'))->fetch(), file_get_contents(scratch('shared/b/c.txt'))]);
?>
--EXPECT--
fetched: 'var/a.txt'
local: [false, 'cluster']
target: 'elsewhere'
linked directory: ['linked/b/c.txt', 'through a linked directory']
