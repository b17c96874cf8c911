--TEST--
A database user who may only read gets files, and every write is refused with the reason
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'abc');
put('var/dead', 'x', mtime: -1000);
local('var/b', 'local');
ini_set('ezdbfile.user', own_user('SELECT'));
$handler = new eZDBFileHandler('var/a');
show('read', [$handler->fetchContents(), $handler->exists(), $handler->size(), $handler->fetch()]);
refused('fileStore', static fn () => $handler->fileStore('var/b', 'image', true), 'var/b', '/denied/i');
refused('storeContents', static fn () => $handler->storeContents('x'), 'var/a', '/denied/i');
refused('delete', static fn () => $handler->delete(), 'var/a', '/denied/i');
refused('fileCopy', static fn () => $handler->fileCopy('var/a', 'var/c'), 'var/', '/denied/i');
refused('move', static fn () => $handler->move('var/c'), 'var/', '/denied/i');
(new eZDBFileHandler('var/dead'))->purge();
show('purge', count(array_filter(warnings(), static fn ($message) => str_contains($message, 'var/dead') && stripos($message, 'denied') !== false)) > 0);
show('unchanged', [live(), expired(), bytes_of('var/a'), local_bytes('var/b')]);
?>
--EXPECT--
read: ['abc', true, 3, 'var/a']
fileStore: refused
storeContents: refused
delete: refused
fileCopy: refused
move: refused
purge: true
unchanged: [['var/a'], ['var/dead'], 'abc', 'local']
