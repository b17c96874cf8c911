--TEST--
A file whose last part is as long as the file system allows has a local copy too
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$base = str_repeat('x', min(255, width('name') - 4) - 4) . '.jpg';
$name = "var/$base";
put($name, 'bytes');
$handler = new eZDBFileHandler($name);
show('fetch', [$handler->fetch() === $name, local_bytes($name)]);
$unique = $handler->fetchUnique();
show('fetchUnique', [local_bytes($unique), str_ends_with($unique, '.jpg'), $unique !== $name, dirname($unique)]);
show('storeContents', [$handler->storeContents('new', 'a', 'b', true), local_bytes($name)]);
show('files', count(tree()));
?>
--EXPECT--
fetch: [true, 'bytes']
fetchUnique: ['bytes', true, true, 'var']
storeContents: [true, 'new']
files: 3
