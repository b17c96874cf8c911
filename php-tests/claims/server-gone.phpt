--TEST--
Without a server the page is made all the same, and nothing waits
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/stale', 'stale');
(new eZDBFileHandler('var/fresh'))->processCache(null, generate('fresh'));
(new eZDBFileHandler('var/stale'))->fetch();
$handlers = array_map(static fn ($path) => new eZDBFileHandler($path), ['fresh' => 'var/fresh', 'stale' => 'var/stale', 'missing' => 'var/missing', 'claimed' => 'var/claimed']);
show('claimed before', $handlers['claimed']->startCacheGeneration());
$handlers['claimed']->disconnect();
$handlers['claimed']->metaData = null;
$handlers['fresh']->metaData = $handlers['stale']->metaData = $handlers['missing']->metaData = null;
ini_set('ezdbfile.socket', scratch('no.sock'));
Calls::taken();
foreach (['fresh', 'stale', 'missing'] as $name) {
    $result = $handlers[$name]->processCache(retrieve(), generate('made'));
    show($name, [in_array($result, ["got $name", 'made'], true) ?: $result, warnings() !== [], state($handlers[$name])]);
}
show('processFile', in_array($handlers['missing']->processFile(never()), [null, false], true));
$left = $handlers['missing']->startCacheGeneration();
show('by hand', [is_int($left) && $left >= 1, $handlers['missing']->checkCacheGenerationTimeout(), $handlers['missing']->endCacheGeneration()]);
show('a claim from before', [$handlers['claimed']->storeCache('made'), state($handlers['claimed'])]);
warnings();
ini_restore('ezdbfile.socket');
show('back again', [claims() === [] || can_be_claimed('var/claimed'), array_values(array_diff(live(), ['var/claimed'])), expired(), $handlers['missing']->processCache(retrieve(), generate('stored')), bytes_of('var/missing'), faults()]);
?>
--EXPECT--
claimed before: true
fresh: [true, true, ['var/fresh', null]]
stale: [true, true, ['var/stale', null]]
missing: [true, true, ['var/missing', null]]
processFile: true
by hand: [true, false, false]
a claim from before: ['made', ['var/claimed', null]]
back again: [true, ['var/fresh'], ['var/stale'], 'stored', 'stored', []]
