--TEST--
checkCacheGenerationTimeout() renews the claim, in the same second too
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
$handler->startCacheGeneration();
$results = [];
for ($i = 0; $i < 20; $i++) {
    $results[] = $handler->checkCacheGenerationTimeout();
}
show('twenty times', array_unique($results));
age_claim('var/a', 50);
$old = claim_time('var/a');
$now = server_time();
show('renewed', [$handler->checkCacheGenerationTimeout(), claim_time('var/a') >= $now, claim_time('var/a') > $old]);
show('after a store', [$handler->storeContents('stored'), $handler->checkCacheGenerationTimeout(), bytes_of('var/a.generating'), $handler->endCacheGeneration(), bytes_of('var/a'), claims()]);
?>
--EXPECT--
twenty times: [true]
renewed: [true, true, true]
after a store: [true, true, 'stored', true, 'stored', []]
