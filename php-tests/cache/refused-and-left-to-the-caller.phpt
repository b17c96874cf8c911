--TEST--
Who was refused the claim and makes the content all the same does not store it by storeCache()
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
kernel(['file.ini' => ['ClusteringSettings' => ['NonExistantStaleCacheHandling' => ['cacheblock' => 'generate']]]]);
$path = 'var/x/cache/template-block/a';
$maker = Process::obedient("\$handler = new eZDBFileHandler('$path');");
show('maker', $maker->run('return $handler->startCacheGeneration();'));
$handler = new eZDBFileHandler($path);
show('refused', [result($handler->processCache(retrieve(), null)), state($handler)]);
// The maker's claim is marked: what was made before the deletion must not be live after it.
(new eZDBFileHandler())->fileDelete('var/x/cache/template-block');
show('its content', [$handler->storeCache(['content' => 'made before the deletion', 'binarydata' => 'x']), array_diff(live(), claims()), local_bytes($path)]);
show('the maker', [$maker->run('return $handler->storeCache("too late");'), live()]);

show('granted then', [result($handler->processCache(retrieve(), null)), $handler->storeCache('granted'), bytes_of($path)]);
show('of no use to its reader', [result($handler->processCache(failing(3), null)), $handler->storeCache('not stored'), bytes_of($path)]);
show('another object', [result($handler->processCache(failing(3), null)), (new eZDBFileHandler($path))->storeCache('of another'), bytes_of($path)]);
show('once only', [$handler->storeCache('not stored'), bytes_of($path), $handler->storeCache('stored'), bytes_of($path)]);
// What was said to one object is nothing for the next one, which may have the same number.
unset($handler);
$handler = new eZDBFileHandler($path);
show('refused', result($handler->processCache(failing(3), null)));
unset($handler);
$handler = new eZDBFileHandler($path);
show('a new object', [$handler->storeCache('of the new one'), bytes_of($path)]);
// Nor does the claim of one object let another one store.
$one = new eZDBFileHandler($path);
$two = new eZDBFileHandler($path);
show('one refused', [result($one->processCache(failing(3), null)), $two->startCacheGeneration(), $two->storeCache('two'), $one->storeCache('one'), bytes_of($path)]);
// A name that nobody can claim: what is left to the caller is stored.
$long = str_pad('var/x/cache/template-block/', width('name') - 3, 'abcdefghi/');
$long[-1] = 'x';
$handler = new eZDBFileHandler($long);
show('too long to be claimed', [result($handler->processCache(retrieve(), null)), $handler->storeCache('kept'), bytes_of($long), KernelStandIn::said() !== []]);
(new eZDBFileHandler())->fileDelete('var/x/cache/template-block');
show('after a deletion', [result((new eZDBFileHandler($long))->processCache(retrieve(), null)), result((new eZDBFileHandler($long))->processCache(retrieve(), generate('made anew'))), Calls::taken() !== []]);
KernelStandIn::said();
show('left', [claims(), faults(), KernelStandIn::said(), $maker->finish()]);
?>
--EXPECT--
maker: true
refused: ['failure 2', ['var/x/cache/template-block/a', null]]
its content: ['made before the deletion', [], null]
the maker: ['too late', []]
granted then: ['failure 2', 'granted', 'granted']
of no use to its reader: ['failure 2', 'not stored', 'granted']
another object: ['failure 2', 'of another', 'of another']
once only: ['not stored', 'of another', 'stored', 'stored']
refused: 'failure 2'
a new object: ['of the new one', 'of the new one']
one refused: ['failure 2', true, 'two', 'one', 'two']
too long to be claimed: ['failure 2', 'kept', 'kept', true]
after a deletion: ['failure 2', ''made anew'', true]
left: [[], [], [], '']
