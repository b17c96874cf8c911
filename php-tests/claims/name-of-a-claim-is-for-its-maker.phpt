--TEST--
Under the name of a claim only its maker stores: a clone that comes too late does not
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
$handler->startCacheGeneration();
$clone = clone $handler;
$handler->storeCache('first');
refused('storeContents', static fn () => $clone->storeContents('late'), 'var/a.generating', '/claim/');
show('storeCache', [$clone->storeCache('late'), live(), bytes_of('var/a')]);
show('claimed again', [$handler->startCacheGeneration(), $handler->endCacheGeneration(false), live()]);
?>
--EXPECT--
storeContents: refused
storeCache: ['late', ['var/a'], 'first']
claimed again: [true, true, ['var/a']]
