--TEST--
A store that the database refuses: the content comes back with a warning, no claim, no local copy
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 4]);
put_expired('var/old', 'old');
break_on('INSERT', 'ezdbfile_data', "NEW.filedata = 'BAD!'");
foreach (['var/new', 'var/old'] as $path) {
    $handler = new eZDBFileHandler($path);
    refused($path, static fn () => $handler->processCache(retrieve(), generate(['content' => 'the content', 'binarydata' => 'goodBAD!'])), $path, '/broken on purpose/', 'the content');
    show('state', [state($handler), claims(), can_be_claimed($path), local_bytes($path), $handler->exists()]);
}
show('rows', [live(), expired(), bytes_of('var/old'), faults(), unlocked()]);
repair();
show('repaired', [$handler->processCache(retrieve(), generate('goodBAD!')), bytes_of('var/old'), local_bytes('var/old')]);
break_on('UPDATE', 'ezdbfile', "1");
break_on('DELETE', 'ezdbfile', "1");
$handler = new eZDBFileHandler('var/third');
$result = $handler->processCache(retrieve(), generate('third'));
warnings();
repair();
show('refused at the end', [$result, state($handler), bytes_of('var/third') === null || bytes_of('var/third') === 'third', faults(), unlocked()]);
?>
--EXPECT--
var/new: refused
state: [['var/new', null], [], true, null, false]
var/old: refused
state: [['var/old', null], [], true, null, false]
rows: [[], ['var/old'], 'old', [], true]
repaired: ['goodBAD!', 'goodBAD!', 'goodBAD!']
refused at the end: ['third', ['var/third', null], true, [], true]
