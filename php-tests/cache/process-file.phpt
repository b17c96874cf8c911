--TEST--
processFile() retrieves what is fresh, and is null when there is nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$now = server_time();
put('var/a', 'bytes', mtime: $now - 1000);
put_expired('var/dead', 'dead');
local('var/dead', 'dead');
$handler = new eZDBFileHandler('var/a');
show('fetched', [$handler->processFile(retrieve()), local_mtime('var/a') === $now - 1000]);
show('local', [$handler->processFile(retrieve(), false, 'extra'), $handler->processFile(retrieve(), $now - 2000), $handler->processFile(retrieve(), -1), $handler->processFile(retrieve(), null)]);
show('before expiry', $handler->processFile(never(), $now - 500));
show('expired', (new eZDBFileHandler('var/dead'))->processFile(never()));
show('missing', (new eZDBFileHandler('var/missing'))->processFile(never()));
show('calls', Calls::taken());
show('result of the callback', [$handler->processFile(static fn () => null), $handler->processFile(static fn () => false), $handler->processFile(static fn () => [])]);
show('code', [(new eZDBFileHandler('var/code.php'))->storeContents('<?php return ["x" => 1];'), (new eZDBFileHandler('var/code.php'))->processFile(static fn ($path) => include $path)]);
show('left', [claims(), live(), expired(), state($handler)]);
?>
--EXPECT--
fetched: ['got bytes', true]
local: ['got bytes', 'got bytes', 'got bytes', 'got bytes']
before expiry: null
expired: null
missing: null
calls: [['retrieve', 'var/a'], ['retrieve', 'var/a', 'extra'], ['retrieve', 'var/a'], ['retrieve', 'var/a'], ['retrieve', 'var/a']]
result of the callback: [null, false, []]
code: [true, ['x' => 1]]
left: [[], ['var/a', 'var/code.php'], ['var/dead'], ['var/a', null]]
