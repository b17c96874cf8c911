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

// A row of the greatest length, which goes out in two pieces. The buffer refuses the first one.
put('var/b', [$long = bytes(65535), 'end']);
$pieces = [];
ob_start();
ob_start(static function (string $piece, int $phase) use (&$pieces) {
    if (!($phase & PHP_OUTPUT_HANDLER_FINAL)) {
        $pieces[] = $piece;
        throw new DomainException('no more');
    }
}, 1);
try {
    (new eZDBFileHandler('var/b'))->passthrough();
    $thrown = null;
} catch (DomainException $e) {
    $thrown = $e->getMessage();
}
ob_end_clean();
ob_end_clean();
show('refused', [$thrown, count($pieces), $pieces[0] !== '' && str_starts_with($long, $pieces[0])]);
show('read again', (new eZDBFileHandler('var/b'))->fetchContents() === $long . 'end');
?>
--EXPECT--
through a callback: [true, true, true]
nested: [true, '']
refused: ['no more', 1, true]
read again: true
