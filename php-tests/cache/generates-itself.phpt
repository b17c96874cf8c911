--TEST--
A callback that asks for the very file it generates does not wait for itself
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$inside = null;
$generate = static function ($path) use (&$inside) {
    $same = new eZDBFileHandler('var/a');
    $left = $same->startCacheGeneration();
    $inside = [
        $same->processCache(retrieve(), generate(['content' => 'made inside', 'binarydata' => 'not stored'])),
        is_int($left) && $left >= 1,
        state($same),
        claims(),
    ];
    return 'made outside';
};
$handler = new eZDBFileHandler('var/a');
show('missing', [$handler->processCache(retrieve(), $generate), $inside, bytes_of('var/a'), claims()]);
show('calls', Calls::taken());
$handler->delete();
show('expired', [$handler->processCache(retrieve(), $generate), $inside, bytes_of('var/a'), claims()]);
show('calls', Calls::taken());
$handler->delete();
$handler->deleteLocal();
show('expired, no local copy', [$handler->processCache(retrieve(), $generate), $inside[0], bytes_of('var/a'), claims()]);
show('state', [state($handler), live(), faults()]);
?>
--EXPECT--
missing: ['made outside', ['made inside', true, ['var/a', null], ['var/a.generating']], 'made outside', []]
calls: [['generate', 'var/a']]
expired: ['made outside', ['got made outside', true, ['var/a', null], ['var/a.generating']], 'made outside', []]
calls: [['retrieve', 'var/a']]
expired, no local copy: ['made outside', 'got made outside', 'made outside', []]
state: [['var/a', null], ['var/a'], []]
