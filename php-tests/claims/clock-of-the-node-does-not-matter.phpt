--TEST--
Claims go by the clock of the database, five minutes before or behind that of the node
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
/* The sessions of ordinary users get another time than this machine's, which stands still. */
cluster(ownUser: true);
put_expired('var/a', 'old');
at_end(static fn () => admin()->query("SET GLOBAL init_connect = ''"));
foreach (['before' => 300, 'behind' => -300] as $label => $difference) {
    db()->query('SET GLOBAL init_connect = ' . literal("SET timestamp = UNIX_TIMESTAMP() + $difference"));
    (new eZDBFileHandler())->disconnect();
    $maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
    show($label, $maker->run('return $handler->startCacheGeneration();'));
    show('time of the claim', abs(claim_time('var/a') - server_time() - $difference) < 100);
    $handler = new eZDBFileHandler('var/a');
    $left = $handler->startCacheGeneration();
    show('refused', [is_int($left) && $left >= 1 && $left <= 100, $handler->processCache(retrieve(), never()), $maker->run('return $handler->checkCacheGenerationTimeout();')]);
    age_claim('var/a', 200);
    show('old', [$handler->startCacheGeneration(), abs(claim_time('var/a') - server_time() - $difference) < 100, $handler->endCacheGeneration(false), $maker->run('return $handler->checkCacheGenerationTimeout();')]);
    $maker->finish();
}
show('rows', [expired(), claims(), faults()]);
?>
--EXPECT--
before: true
time of the claim: true
refused: [true, 'got old', true]
old: [true, true, true, false]
behind: true
time of the claim: true
refused: [true, 'got old', true]
old: [true, true, true, false]
rows: [['var/a'], [], []]
