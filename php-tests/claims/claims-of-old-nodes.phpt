--TEST--
A claim that a PHP handler of another node made counts until it is older than the timeout
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/a', 'old');
$handler = new eZDBFileHandler('var/a');
foreach (['application/octet-stream', 'misc', '', 'text/html'] as $datatype) {
    put_row('var/a.generating', [], ['mtime' => server_time(), 'datatype' => $datatype]);
    $left = $handler->startCacheGeneration();
    show("'$datatype'", [is_int($left) && $left >= 1 && $left <= 60, state($handler), $handler->processCache(retrieve(), never()), claims()]);
    age_claim('var/a', 61);
    show('old', [$handler->startCacheGeneration(), state($handler), claims(), entry('var/a.generating')['datatype'], $handler->endCacheGeneration(false), claims()]);
}
show('two rows of it', [put_row('var/a.generating', [], ['mtime' => server_time() - 100]) < (by_hash() ? 1 : 0) + put_row('var/a.generating', ['x', 'y'], ['mtime' => server_time() - 99]), $handler->processCache(null, generate('new')), bytes_of('var/a'), claims(), faults()]);
put_row('var/a.generating', [], ['mtime' => -1000, 'datatype' => 'misc']);
show('old and expired', [$handler->startCacheGeneration(), $handler->endCacheGeneration(false)]);
show('rows', [live(), faults(), unlocked()]);
?>
--EXPECT--
'application/octet-stream': [true, ['var/a', null], 'got old', ['var/a.generating']]
old: [true, ['var/a.generating', 'var/a'], ['var/a.generating'], 'ezdbfile/claim', true, []]
'misc': [true, ['var/a', null], 'got old', ['var/a.generating']]
old: [true, ['var/a.generating', 'var/a'], ['var/a.generating'], 'ezdbfile/claim', true, []]
'': [true, ['var/a', null], 'got old', ['var/a.generating']]
old: [true, ['var/a.generating', 'var/a'], ['var/a.generating'], 'ezdbfile/claim', true, []]
'text/html': [true, ['var/a', null], 'got old', ['var/a.generating']]
old: [true, ['var/a.generating', 'var/a'], ['var/a.generating'], 'ezdbfile/claim', true, []]
two rows of it: [true, 'new', 'new', [], []]
old and expired: [true, true]
rows: [['var/a'], [], true]
