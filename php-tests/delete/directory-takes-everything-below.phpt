--TEST--
Deleting a path takes the file of that name and everything below it, not its siblings
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['a/b', 'a/b/c', 'a/b/d/e/f', 'a/b/', 'a/bc', 'a/b.txt', 'a/b-c/d', 'a/B/c', 'xa/b/c', 'a/x/a/b/c', 'A/b/c'] as $name) {
    put($name);
}
show('fileDelete', (new eZDBFileHandler())->fileDelete('a/b/'));
show('expired', expired());
show('live', live());
show('delete', (new eZDBFileHandler('a/x'))->delete());
show('live', live());
?>
--EXPECT--
fileDelete: true
expired: ['a/b', 'a/b/', 'a/b/c', 'a/b/d/e/f']
live: ['A/b/c', 'a/B/c', 'a/b-c/d', 'a/b.txt', 'a/bc', 'a/x/a/b/c', 'xa/b/c']
delete: true
live: ['A/b/c', 'a/B/c', 'a/b-c/d', 'a/b.txt', 'a/bc', 'xa/b/c']
