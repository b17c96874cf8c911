--TEST--
stat(), size(), mtime(), dataType() tell what the row says, null or false when there is none
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/live', 'abc', 'image', 'image/png', 1000);
put('var/expired', '', 'image', 'misc', -1000);
foreach (['var/live', 'var/expired', 'var/missing', false] as $path) {
    $handler = new eZDBFileHandler($path);
    $stat = $handler->stat();
    show(dump($path), [$handler->size(), $handler->mtime(), $handler->dataType(), $handler->name()]);
    show('stat', is_array($stat) ? [$stat['name'], $stat['size'], $stat['mtime'], $stat['datatype'], $stat['scope'], $stat === $handler->metaData] : $stat);
}
$handler = new eZDBFileHandler('var/live');
show('surplus arguments', [$handler->mtime('var/live'), $handler->size(true), $handler->stat(1, 2), $handler->exists(true)] == [1000, 3, $handler->stat(), true]);
?>
--EXPECT--
'var/live': [3, 1000, 'image/png', 'var/live']
stat: ['var/live', 3, 1000, 'image/png', 'image', true]
'var/expired': [0, -1000, 'misc', 'var/expired']
stat: ['var/expired', 0, -1000, 'misc', 'image', true]
'var/missing': [null, null, null, 'var/missing']
stat: false
false: [null, null, null, false]
stat: false
surplus arguments: true
