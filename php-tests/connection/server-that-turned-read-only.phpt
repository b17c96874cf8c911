--TEST--
On a server that is read-only writes are refused with the reason and reading works
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'abc');
at_end(static fn () => admin()->query('SET GLOBAL read_only = 0'));
db()->query('SET GLOBAL read_only = 1');
$handler = new eZDBFileHandler('var/a');
show('read', [$handler->fetchContents(), $handler->exists()]);
refused('store', static fn () => $handler->storeContents('x'), 'var/a', '/read-only/i');
refused('delete', static fn () => $handler->delete(), 'var/a', '/read-only/i');
db()->query('SET GLOBAL read_only = 0');
show('works again', [$handler->storeContents('x'), bytes_of('var/a')]);
?>
--EXPECT--
read: ['abc', true]
store: refused
delete: refused
works again: [true, 'x']
