--TEST--
On the seed's tables 255 characters fit, however many bytes they have
--SKIPIF--
<?php
if ((getenv('EZDB_TEST_TABLES') ?: 'seed') !== 'seed') die('skip for the tables of the seed document');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$name = 'var/' . str_repeat("\u{1F600}", 251);
$handler = new eZDBFileHandler();
show('fits', $handler->fileStoreContents($name, 'fits'));
show('bytes', [strlen($name), $handler->fileFetchContents($name)]);
refused('one more', static fn () => $handler->fileStoreContents($name . 'x', 'no'), $name . 'x', TOO_LONG);
show('names', live() === [$name]);
?>
--EXPECT--
fits: true
bytes: [1008, 'fits']
one more: refused
names: true
