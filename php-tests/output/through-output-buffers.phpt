--TEST--
Output goes through the buffers that are open, piece by piece, and their callbacks
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$bytes = bytes(50000);
put('var/a', str_split($bytes, 1000));
$handler = new eZDBFileHandler('var/a');
$pieces = [];
ob_start();
ob_start(static function (string $piece) use (&$pieces) {
    $pieces[] = strlen($piece);
    return strtoupper($piece);
}, 1500);
$returned = $handler->passthrough();
ob_end_flush();
$got = ob_get_clean();
show('through a callback', [$returned, $got === strtoupper($bytes), count($pieces) > 1]);
ob_start();
ob_start();
$handler->passthrough(0, 5);
$inner = ob_get_clean();
show('nested', [$inner === substr($bytes, 0, 5), ob_get_clean()]);
?>
--EXPECT--
through a callback: [true, true, true]
nested: [true, '']
