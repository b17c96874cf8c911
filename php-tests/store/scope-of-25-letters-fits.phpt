--TEST--
The tables of ezdbfile_install() hold long scopes whole
--SKIPIF--
<?php
if (!str_ends_with((string)getenv('EZDB_TEST_TABLES'), 'install')) die('skip for the tables of ezdbfile_install()');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
$handler->storeContents('a', 'abcdefghijklmnopqrstuvwxy');
(new eZDBFileHandler('var/b'))->storeContents('b', 'abcdefghijklmnopqrstuvwxz');
show('stored', entry('var/a')['scope']);
show('lists', [$handler->getFileList(['abcdefghijklmnopqrstuvwxy']), $handler->getFileList(['abcdefghijklmnopqrst'])]);
?>
--EXPECT--
stored: 'abcdefghijklmnopqrstuvwxy'
lists: [['var/a'], []]
