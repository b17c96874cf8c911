--TEST--
The tables of ezdbfile_install() hold mtimes after 2038
--SKIPIF--
<?php
if (!str_ends_with((string)getenv('EZDB_TEST_TABLES'), 'install')) die('skip for the tables of ezdbfile_install()');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
local('var/a', 'x', 5000000000);
show('stored', [$handler->fileStore('var/a'), entry('var/a')['mtime'], $handler->mtime()]);
unlink('var/a');
show('fetched', [$handler->fetch(), local_mtime('var/a')]);
$handler->delete();
show('expired', $handler->mtime());
?>
--EXPECT--
stored: [true, 5000000000, 5000000000]
fetched: ['var/a', 5000000000]
expired: -5000000000
