--TEST--
When the database refuses, a delete is false with the reason and nothing is half deleted
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['var/a/1', 'var/a/2', 'var/a/3'] as $name) {
    put($name);
}
break_on('UPDATE', 'ezdbfile', "NEW.name = 'var/a/2'");
$handler = new eZDBFileHandler('var/a');
foreach ([
    'delete' => static fn () => $handler->delete(),
    'fileDelete' => static fn () => $handler->fileDelete('var'),
    'name part' => static fn () => $handler->fileDelete('var', 'a'),
    'dir list' => static fn () => $handler->fileDeleteByDirList(['a'], 'var', ''),
    'wildcard' => static fn () => $handler->fileDeleteByWildcard('var/*'),
    'regex' => static fn () => $handler->fileDeleteByRegex('var', 'a'),
] as $label => $delete) {
    refused($label, $delete, 'var', '/broken on purpose/');
}
show('live', [live(), unlocked()]);
repair();
show('works again', [$handler->delete(), expired()]);
?>
--EXPECT--
delete: refused
fileDelete: refused
name part: refused
dir list: refused
wildcard: refused
regex: refused
live: [['var/a/1', 'var/a/2', 'var/a/3'], true]
works again: [true, ['var/a/1', 'var/a/2', 'var/a/3']]
