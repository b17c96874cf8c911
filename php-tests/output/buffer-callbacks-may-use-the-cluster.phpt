--TEST--
A callback of an output buffer may use the cluster while a file passes through, or throw
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$bytes = bytes(50000);
put('var/a', str_split($bytes, 1000));
put('var/b', 'other');
$handler = new eZDBFileHandler('var/a');
$seen = [];
ob_start();
ob_start(static function (string $piece) use (&$seen) {
    $seen[] = (new eZDBFileHandler())->fileFetchContents('var/b');
    return $piece;
}, 10000);
$returned = $handler->passthrough();
ob_end_flush();
show('whole', [$returned, ob_get_clean() === $bytes, array_unique($seen)]);

$count = 0;
ob_start();
ob_start(static function (string $piece) use (&$count) {
    if (++$count === 2) {
        throw new LogicException('enough');
    }
    return $piece;
}, 10000);
$thrown = 'nothing';
try {
    $handler->passthrough();
} catch (LogicException $e) {
    $thrown = $e->getMessage();
}
while (ob_get_level() > 0) {
    ob_end_clean();
}
show('thrown', $thrown);
show('works afterwards', [$handler->fileFetchContents('var/b'), $handler->fetchContents() === $bytes]);
?>
--EXPECT--
whole: [true, true, ['other']]
thrown: 'enough'
works afterwards: ['other', true]
