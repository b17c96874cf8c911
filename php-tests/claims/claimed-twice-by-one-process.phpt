--TEST--
A second claim of the same process on one file is refused, and what it ends is its own
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$one = new eZDBFileHandler('var/a');
$two = new eZDBFileHandler('var/a');
$left = [$one->startCacheGeneration(), $two->startCacheGeneration()];
show('two objects', [$left[0], is_int($left[1]) && $left[1] >= 1, state($one), state($two)]);
show('not the second', [$two->endCacheGeneration(), $two->abortCacheGeneration(), $two->checkCacheGenerationTimeout(), claims()]);
show('the first', [$one->checkCacheGenerationTimeout(), $one->storeCache('made'), bytes_of('var/a'), claims()]);
show('the second now', [$two->startCacheGeneration(), $two->endCacheGeneration(false), $one->startCacheGeneration()]);
$one->startCacheGeneration();
show('one object twice', [state($one), $one->endCacheGeneration(false), state($one), claims()]);
$one->startCacheGeneration();
$copy = clone $one;
unset($copy);
show('after a clone went', [$one->checkCacheGenerationTimeout(), $one->storeCache('newer'), bytes_of('var/a'), claims()]);
show('free for others', [child('echo (new eZDBFileHandler("var/a"))->startCacheGeneration() === true ? "granted" : "refused";'), claims()]);
?>
--EXPECT--
two objects: [true, true, ['var/a.generating', 'var/a'], ['var/a', null]]
not the second: [false, false, false, ['var/a.generating']]
the first: [true, 'made', 'made', []]
the second now: [true, true, true]
one object twice: [['var/a.generating', 'var/a'], true, ['var/a', null], []]
after a clone went: [true, 'newer', 'newer', []]
free for others: ['granted', []]
