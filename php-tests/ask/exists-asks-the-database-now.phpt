--TEST--
exists() and fileExists() ask the database each time and do not count expired files
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
$both = static fn () => [$handler->exists(), $handler->fileExists('var/a')];
show('missing', [$both(), $handler->metaData]);
put('var/a');
show('appeared', $both());
db()->query('UPDATE ezdbfile SET mtime = -mtime');
show('expired', $both());
db()->query('UPDATE ezdbfile SET mtime = 0');
show('mtime 0', $both());
db()->query('DELETE FROM ezdbfile');
show('gone', $both());
local('var/a', 'local only');
show('local only', $both());
show('without a path', [(new eZDBFileHandler())->exists(), $handler->fileExists(''), $handler->fileExists(false)]);
warnings();
?>
--EXPECT--
missing: [[false, false], false]
appeared: [true, true]
expired: [false, false]
mtime 0: [true, true]
gone: [false, false]
local only: [false, false]
without a path: [false, false, false]
