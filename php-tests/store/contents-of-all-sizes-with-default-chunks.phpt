--TEST--
Contents of sizes around the default chunk size, each replacing each
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/sizes.inc';
cluster();
each_size_over_each(65535, static fn ($name, $bytes) => (new eZDBFileHandler($name))->storeContents($bytes, 'test'));
?>
--EXPECT--
64 of 64 right
faults: []
