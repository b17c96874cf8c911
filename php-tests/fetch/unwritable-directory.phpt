--TEST--
Where the directory cannot be written nothing is fetched, nothing is left, and the old copy stays
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'old');
$handler = new eZDBFileHandler('var/a.txt');
$handler->fetch();
put('var/a.txt', 'new');
put('var/sub/b.txt', 'b');
chmod('var', 0555);
refused('over a copy', static fn () => unprivileged(static fn () => $handler->fetch()), 'var/a.txt', '/denied/i');
refused('new directory', static fn () => unprivileged(static fn () => $handler->fileFetch('var/sub/b.txt')), 'var/sub/b.txt', '/denied/i');
refused('unique', static fn () => unprivileged(static fn () => $handler->fetchUnique()), 'var/a.txt', '/denied/i');
show('tree', [tree(), local_bytes('var/a.txt')]);
chmod('var', 0777);
show('writable again', [unprivileged(static fn () => $handler->fetch()), local_bytes('var/a.txt')]);
?>
--EXPECT--
over a copy: refused
new directory: refused
unique: refused
tree: [['var/', 'var/a.txt'], 'old']
writable again: ['var/a.txt', 'new']
