--TEST--
Ending, aborting and checking a claim that was never made is false, and says nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put('var/a', 'a');
foreach (['var/a', 'var/missing', false, ''] as $path) {
    $handler = new eZDBFileHandler($path);
    show(dump($path), [$handler->endCacheGeneration(), $handler->endCacheGeneration(false), $handler->endCacheGeneration(true), $handler->abortCacheGeneration(), $handler->checkCacheGenerationTimeout(), state($handler)]);
}
put_fresh('var/b.generating', 'of another', datatype: 'misc');
$handler = new eZDBFileHandler('var/b');
show('claimed by another', [$handler->endCacheGeneration(), $handler->endCacheGeneration(false), $handler->abortCacheGeneration(), $handler->checkCacheGenerationTimeout(), bytes_of('var/b.generating')]);
show('rows', [live(), unlocked()]);
?>
--EXPECT--
'var/a': [false, false, false, false, false, ['var/a', null]]
'var/missing': [false, false, false, false, false, ['var/missing', null]]
false: [false, false, false, false, false, [false, null]]
'': [false, false, false, false, false, ['', null]]
claimed by another: [false, false, false, false, 'of another']
rows: [['var/a', 'var/b.generating'], true]
