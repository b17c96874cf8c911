--TEST--
Without a generate callback the file is claimed, and the caller stores by storeCache()
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['var/new', 'var/old'] as $path) {
    if ($path === 'var/old') {
        put_expired($path, 'old');
    }
    $handler = new eZDBFileHandler($path);
    $failure = $handler->processCache(retrieve());
    show($path, [result($failure), is_string($failure->message()), state($handler), claims(), array_values(array_diff(live(), claims()))]);
    show('stored', $handler->storeCache(['content' => 'the content', 'binarydata' => "bytes of $path", 'scope' => 'viewcache', 'datatype' => 'php']));
    $entry = entry($path);
    show('state', [state($handler), claims(), bytes_of($path), $entry['scope'], $entry['datatype'], local_bytes($path), local_mtime($path) === $entry['mtime']]);
    show('then', $handler->processCache(retrieve()));
}
$handler = new eZDBFileHandler('var/given-up');
show('given up', [result($handler->processCache(null, null)), $handler->abortCacheGeneration(), state($handler), claims(), array_values(array_diff(live(), claims()))]);
show('not claimed at all', [result((new eZDBFileHandler('var/x'))->processCache(retrieve(), false)), claims()]);
show('calls', [Calls::taken(), faults()]);
?>
--EXPECT--
var/new: ['failure 2', true, ['var/new.generating', 'var/new'], ['var/new.generating'], []]
stored: 'the content'
state: [['var/new', null], [], 'bytes of var/new', 'viewcache', 'php', 'bytes of var/new', true]
then: 'got bytes of var/new'
var/old: ['failure 2', true, ['var/old.generating', 'var/old'], ['var/old.generating'], ['var/new']]
stored: 'the content'
state: [['var/old', null], [], 'bytes of var/old', 'viewcache', 'php', 'bytes of var/old', true]
then: 'got bytes of var/old'
given up: ['failure 2', true, ['var/given-up', null], [], ['var/new', 'var/old']]
not claimed at all: ['failure 2', []]
calls: [[['retrieve', 'var/new'], ['retrieve', 'var/old']], []]
