--TEST--
Claims tell names apart by every byte, and databases by their names
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$long = str_repeat('x', 80);
$families = [
    ['var/cache/a', 'var/cache/A', 'var/cache/a ', 'VAR/cache/a'],
    ["var/caf\u{E9}", 'var/cafe', 'var/CAFE', "var/cafe\u{301}"],
    ["var/$long/1", "var/$long/2", "var/$long"],
    ["var/it's", 'var/it"s', 'var/its', 'var/it%s', 'var/it_s'],
];
foreach ($families as $family) {
    $maker = Process::obedient('$handlers = [];');
    foreach ($family as $path) {
        $claimed = $maker->run('$handlers[] = $handler = new eZDBFileHandler(' . var_export($path, true) . '); return $handler->startCacheGeneration();');
        $refused = (new eZDBFileHandler($path))->startCacheGeneration();
        if ($claimed !== true || !is_int($refused)) {
            show($path, [$claimed, $refused]);
        }
    }
    show('ended', $maker->run('return array_map(fn ($handler) => $handler->endCacheGeneration(false), $handlers);'));
    $maker->finish();
}
$first = ini_get('ezdbfile.database');
$maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
show('in the first database', $maker->run('return $handler->startCacheGeneration();'));
$second = new_database();
own_tables() ? null : create_tables();
ini_set('ezdbfile.database', $second);
own_tables() ? ezdbfile_install(by_hash() ? 'hash' : 'id') : null;
$handler = new eZDBFileHandler('var/a');
show('in the second', [$handler->processCache(null, generate('made here')), bytes_of('var/a'), $handler->startCacheGeneration(), claims()]);
show('in the first', $maker->run('return [$handler->checkCacheGenerationTimeout(), $handler->storeCache("made there")];'));
show('in the second', [bytes_of('var/a'), $handler->endCacheGeneration(false), claims()]);
use_database($first);
show('in the first', [bytes_of('var/a'), claims()]);
?>
--EXPECT--
ended: [true, true, true, true]
ended: [true, true, true, true]
ended: [true, true, true]
ended: [true, true, true, true, true]
in the first database: true
in the second: ['made here', 'made here', true, ['var/a.generating']]
in the first: [true, 'made there']
in the second: ['made here', true, []]
in the first: ['made there', []]
