--TEST--
A part of a file with rows of different lengths does not cost the claims of the connection
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_row('var/uneven', ['a', 'bcd', str_repeat('e', 1000), 'fg'], ['size' => 1006]);
$handler = new eZDBFileHandler('var/a');
show('claimed', $handler->startCacheGeneration());
ob_start();
(new eZDBFileHandler('var/uneven'))->passthrough(0, 3);
show('part', ob_get_clean());
show('another', child('echo is_int((new eZDBFileHandler("var/a"))->startCacheGeneration()) ? "refused" : "granted";'));
show('stored', [$handler->storeCache('mine'), bytes_of('var/a'), claims()]);
?>
--EXPECT--
claimed: true
part: 'abc'
another: 'refused'
stored: ['mine', 'mine', []]
