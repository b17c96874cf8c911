--TEST--
A local file that cannot be read is refused with its name and the reason, and nothing changes
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
foreach (['var/missing', 'var/dir', 'var/secret', 'var/file/below', 'var/unreadable', 'var/dangling'] as $name) {
    put($name, 'from before');
}
local('var/file', 'x');
local('var/secret', 'secret');
chmod('var/secret', 0);
mkdir('var/dir');
symlink('/proc/self/mem', 'var/unreadable');
symlink('nowhere', 'var/dangling');
$before = rows('SELECT * FROM ezdbfile ORDER BY name_hash');
refused('missing', static fn () => $handler->fileStore('var/missing', 'image', true), 'var/missing', '/no such/i');
refused('new name', static fn () => $handler->fileStore('var/new', 'image', true), 'var/new', '/no such/i');
refused('dangling link', static fn () => $handler->fileStore('var/dangling', 'image', true), 'var/dangling', '/no such|link/i');
refused('directory', static fn () => $handler->fileStore('var/dir', 'image', true), 'var/dir', '/director|not a/i');
refused('below a file', static fn () => $handler->fileStore('var/file/below', 'image', true), 'var/file/below', '/director|no such/i');
refused('not permitted', static fn () => unprivileged(static fn () => $handler->fileStore('var/secret', 'image', true)), 'var/secret', '/denied/i');
refused('cannot be read', static fn () => $handler->fileStore('var/unreadable', 'image'), 'var/unreadable');
show('rows unchanged', rows('SELECT * FROM ezdbfile ORDER BY name_hash') === $before);
show('bytes', array_unique(array_map('bytes_of', ['var/missing', 'var/dir', 'var/secret', 'var/file/below', 'var/unreadable'])));
show('local', tree());
show('unlocked', unlocked());
?>
--EXPECT--
missing: refused
new name: refused
dangling link: refused
directory: refused
below a file: refused
not permitted: refused
cannot be read: refused
rows unchanged: true
bytes: ['from before']
local: ['var/', 'var/dangling', 'var/dir/', 'var/file', 'var/secret', 'var/unreadable']
unlocked: true
