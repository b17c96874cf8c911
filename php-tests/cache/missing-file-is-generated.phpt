--TEST--
A missing file is claimed, generated, stored, made live and copied to this node
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$handler = new eZDBFileHandler('var/cache/a.txt');
$generate = static function ($path, ...$extra) use ($handler) {
    show('meanwhile', [$path, $extra, state($handler), claims(), entry('var/cache/a.txt'), entry($path)['datatype']]);
    return ['content' => 'the content', 'binarydata' => 'the bytes', 'scope' => 'viewcache', 'datatype' => 'text/x'];
};
$before = server_time();
show('result', $handler->processCache(retrieve(), $generate, null, null, ['k' => 'v']));
show('state', [state($handler), claims(), live(), faults(), unlocked()]);
$entry = entry('var/cache/a.txt');
show('entry', [$entry['datatype'], $entry['scope'], $entry['size'], bytes_of('var/cache/a.txt')]);
show('mtime', $entry['mtime'] >= $before - 1 && $entry['mtime'] <= server_time() + 1);
show('local', [local_bytes('var/cache/a.txt'), local_mtime('var/cache/a.txt') === $entry['mtime'], tree()]);
show('metadata', [$handler->exists(), $handler->size(), $handler->mtime() === $entry['mtime'], $handler->dataType(), $handler->metaData['scope']]);
$inode = inode('var/cache/a.txt');
show('next time', [$handler->processCache(retrieve(), never()), inode('var/cache/a.txt') === $inode]);
show('other object', (new eZDBFileHandler('var/cache/a.txt'))->processCache(retrieve(), never()));
show('calls', Calls::taken());
?>
--EXPECT--
meanwhile: ['var/cache/a.txt.generating', [['k' => 'v']], ['var/cache/a.txt.generating', 'var/cache/a.txt'], ['var/cache/a.txt.generating'], null, 'ezdbfile/claim']
result: 'the content'
state: [['var/cache/a.txt', null], [], ['var/cache/a.txt'], [], true]
entry: ['text/x', 'viewcache', 9, 'the bytes']
mtime: true
local: ['the bytes', true, ['var/', 'var/cache/', 'var/cache/a.txt']]
metadata: [true, 9, true, 'text/x', 'viewcache']
next time: ['got the bytes', true]
other object: 'got the bytes'
calls: [['retrieve', 'var/cache/a.txt'], ['retrieve', 'var/cache/a.txt']]
