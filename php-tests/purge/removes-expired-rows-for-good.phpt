--TEST--
purge() removes the expired rows of the path and everything below it, and their bytes
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 3]);
foreach (['var/a', 'var/a/1', 'var/a/b/2', 'var/a/3', 'var/ab', 'var/a.txt', 'VAR/a/1'] as $name) {
    put($name, ['one', 'two'], mtime: -1000);
}
put('var/a/live', ['one', 'two']);
put('var/a/b/live', ['one', 'two'], mtime: 1);
(new eZDBFileHandler('var/a'))->purge();
show('expired', expired());
show('live', live());
show('faults', faults());
show('chunks', chunk_count());
show('bytes', bytes_of('var/a/live'));
(new eZDBFileHandler('var/ab'))->purge();
show('a file', expired());
(new eZDBFileHandler('var/nothing'))->purge();
show('nothing', [expired(), live()]);
?>
--EXPECT--
expired: ['VAR/a/1', 'var/a.txt', 'var/ab']
live: ['var/a/b/live', 'var/a/live']
faults: []
chunks: 10
bytes: 'onetwo'
a file: ['VAR/a/1', 'var/a.txt']
nothing: [['VAR/a/1', 'var/a.txt'], ['var/a/b/live', 'var/a/live']]
