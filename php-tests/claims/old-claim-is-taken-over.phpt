--TEST--
A claim older than the timeout is taken over, and who was overtaken stores nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/a', 'old');
$maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
foreach (['storeCache' => '$handler->storeCache("made by the overtaken")', 'endCacheGeneration' => '[$handler->storeContents("made by the overtaken"), $handler->endCacheGeneration()][1]', 'abortCacheGeneration' => '[$handler->abortCacheGeneration(), "aborted"][1]'] as $label => $end) {
    show('maker', $maker->run('return $handler->startCacheGeneration();'));
    $handler = new eZDBFileHandler('var/a');
    $left = $handler->startCacheGeneration();
    age_claim('var/a', 61);
    $now = server_time();
    show('taken over', [is_int($left), $handler->startCacheGeneration(), state($handler), claim_time('var/a') >= $now]);
    show('overtaken', $maker->run('return $handler->checkCacheGenerationTimeout();'));
    show($label, $maker->run("return [$end, warnings()][0];"));
    show('state', [$maker->run('return [$handler->filePath, $handler->realFilePath];'), claims(), bytes_of('var/a'), live() === claims()]);
    show('still mine', [$handler->checkCacheGenerationTimeout(), $handler->storeCache("made after $label"), bytes_of('var/a'), claims()]);
    $handler->delete();
    $handler->deleteLocal();
}
show('end', [$maker->finish(), faults(), unlocked()]);
?>
--EXPECT--
maker: true
taken over: [true, true, ['var/a.generating', 'var/a'], true]
overtaken: false
storeCache: 'made by the overtaken'
state: [['var/a', null], ['var/a.generating'], 'old', true]
still mine: [true, 'made after storeCache', 'made after storeCache', []]
maker: true
taken over: [true, true, ['var/a.generating', 'var/a'], true]
overtaken: false
endCacheGeneration: false
state: [['var/a', null], ['var/a.generating'], 'made after storeCache', true]
still mine: [true, 'made after endCacheGeneration', 'made after endCacheGeneration', []]
maker: true
taken over: [true, true, ['var/a.generating', 'var/a'], true]
overtaken: false
abortCacheGeneration: 'aborted'
state: [['var/a', null], ['var/a.generating'], 'made after endCacheGeneration', true]
still mine: [true, 'made after abortCacheGeneration', 'made after abortCacheGeneration', []]
end: ['', [], true]
