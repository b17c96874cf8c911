--TEST--
A claim of another process is refused with the seconds that are left
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
$handler = new eZDBFileHandler('var/a');
$left = $handler->startCacheGeneration();
show('refused', [is_int($left), $left >= 1 && $left <= 60, state($handler), claims()]);
age_claim('var/a', 20);
$left = $handler->startCacheGeneration();
show('later', [is_int($left), $left >= 1 && $left <= 40]);
show('not mine', [$handler->checkCacheGenerationTimeout(), $handler->endCacheGeneration(), $handler->abortCacheGeneration(), claims()]);
show('maker', $maker->run('return [$handler->checkCacheGenerationTimeout(), $handler->storeCache("made"), $handler->filePath];'));
show('free', [claims(), $handler->startCacheGeneration(), $handler->endCacheGeneration(false), bytes_of('var/a')]);
show('end', $maker->finish());
?>
--EXPECT--
maker: true
refused: [true, true, ['var/a', null], ['var/a.generating']]
later: [true, true]
not mine: [false, false, false, ['var/a.generating']]
maker: [true, 'made', 'var/a']
free: [[], true, true, 'made']
end: ''
