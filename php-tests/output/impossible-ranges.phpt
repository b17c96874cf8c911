--TEST--
A negative offset or length and an offset beyond the end are refused without any output
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'abcdef');
put('var/empty', '');
$handler = new eZDBFileHandler('var/a');
foreach ([[-1], [-1, 2], [0, -1], [3, -3], [7], [7, 0], [7, 2], [PHP_INT_MAX], [PHP_INT_MIN, 5], ['-1']] as $case) {
    ob_start();
    refused(dump($case), static fn () => $handler->passthrough(...$case), 'var/a', '/offset|length|range|beyond/i');
    echo str_replace(dump($case) . ": refused\n", '', ob_get_clean());
}
refused('of an empty file', static fn () => (new eZDBFileHandler('var/empty'))->passthrough(1), 'var/empty', '/offset|range|beyond/i');
show('empty file', (new eZDBFileHandler('var/empty'))->passthrough(0));
thrown('no number', static fn () => $handler->passthrough('x'), TypeError::class);
thrown('array', static fn () => $handler->passthrough([]), TypeError::class);
thrown('length no number', static fn () => $handler->passthrough(0, 'x'), TypeError::class);
?>
--EXPECT--
of an empty file: refused
empty file: true
no number: TypeError
array: TypeError
length no number: TypeError
