--TEST--
A file whose name is as long as names may be is generated, stored or not, and waits for nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach ([0, 5, 11, 12] as $less) {
    $path = str_pad('var/', width('name') - $less, 'abcdefghi/');
    $path[-1] = 'x';
    $handler = new eZDBFileHandler($path);
    $result = $handler->processCache(retrieve(), generate(['content' => 'made', 'binarydata' => 'bytes']));
    $stored = bytes_of($path);
    show("$less bytes less", [$result, $stored === 'bytes' || $less < 11 && $stored === null, state($handler) === [$path, null], claims()]);
    warnings();
}
show('faults', faults());
?>
--EXPECT--
0 bytes less: ['made', true, true, []]
5 bytes less: ['made', true, true, []]
11 bytes less: ['made', true, true, []]
12 bytes less: ['made', true, true, []]
faults: []
