--TEST--
Deleting what is not there is true: the database did what it was asked
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a');
$handler = new eZDBFileHandler('other/path');
show('delete', $handler->delete());
show('fileDelete', [$handler->fileDelete('other'), $handler->fileDelete('other', true), $handler->fileDelete('var/a', 'x')]);
show('dir list', [$handler->fileDeleteByDirList(['x', 'y'], 'other', 'z'), $handler->fileDeleteByDirList([], 'var', '')]);
show('wildcard', $handler->fileDeleteByWildcard('other*'));
show('regex', $handler->fileDeleteByRegex('other', '.*'));
show('live', live());
?>
--EXPECT--
delete: true
fileDelete: [true, true, true]
dir list: [true, true]
wildcard: true
regex: true
live: ['var/a']
