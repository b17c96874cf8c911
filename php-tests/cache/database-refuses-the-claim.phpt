--TEST--
A claim that the database refuses counts as refused: stale content, or content that is not stored
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/old', 'old');
break_on('INSERT', 'ezdbfile', "NEW.name LIKE '%.generating'");
$handler = new eZDBFileHandler('var/old');
show('stale', [$handler->processCache(retrieve(), never()), state($handler)]);
$handler = new eZDBFileHandler('var/new');
show('none', [$handler->processCache(retrieve(), generate(['content' => 'made', 'binarydata' => 'not stored'])), state($handler)]);
show('calls', Calls::taken());
$left = $handler->startCacheGeneration();
show('claim', [is_int($left) && $left >= 1, state($handler)]);
warnings(); // whether it says so is up to the extension
show('rows', [live(), expired(), local_bytes('var/new'), faults(), unlocked()]);
repair();
show('repaired', [$handler->processCache(retrieve(), generate('stored')), bytes_of('var/new')]);
?>
--EXPECT--
stale: ['got old', ['var/old', null]]
none: ['made', ['var/new', null]]
calls: [['retrieve', 'var/old'], ['generate', 'var/new']]
claim: [true, ['var/new', null]]
rows: [[], ['var/old'], null, [], true]
repaired: ['stored', 'stored']
