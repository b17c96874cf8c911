--TEST--
When another transaction holds the rows for too long a write is refused and changes nothing; reading goes on
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'old');
put('var/dead', 'old', mtime: -1000);
local('var/a', 'new');
$timeout = value('SELECT @@GLOBAL.innodb_lock_wait_timeout');
at_end(static fn () => admin()->query("SET GLOBAL innodb_lock_wait_timeout = $timeout"));
db()->query('SET GLOBAL innodb_lock_wait_timeout = 1');
$handler = new eZDBFileHandler('var/a');
$handler->disconnect();
db()->begin_transaction();
db()->query('SELECT * FROM ezdbfile FOR UPDATE')->free();
refused('fileStore', static fn () => $handler->fileStore('var/a', 'image', true), 'var/a', '/lock/i');
refused('delete', static fn () => $handler->delete(), 'var/a', '/lock/i');
refused('fileMove', static fn () => $handler->fileMove('var/a', 'var/b'), 'var/', '/lock/i');
show('readers', [$handler->fetchContents(), $handler->exists(), $handler->size()]);
db()->rollback();
show('unchanged', [live(), bytes_of('var/a'), local_bytes('var/a'), faults(), unlocked()]);
show('works again', [$handler->fileStore('var/a', 'image', true), bytes_of('var/a'), tree()]);
?>
--EXPECT--
fileStore: refused
delete: refused
fileMove: refused
readers: ['old', true, 3]
unchanged: [['var/a'], 'old', 'new', [], true]
works again: [true, 'new', ['var/']]
