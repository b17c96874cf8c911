--TEST--
A claim in one database is none in another: an object goes on with its own
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$first = ini_get('ezdbfile.database');
$one = new eZDBFileHandler('var/x');
show('claimed', $one->startCacheGeneration());
$second = new_database();
ini_set('ezdbfile.database', $second);
create_tables();
$two = new eZDBFileHandler('var/x');
show('the other database', [$two->processCache(null, static fn () => 'two'), bytes_of('var/x'), claims()]);
show('claimed there too', [$two->startCacheGeneration(), claims()]);
show('the first object', [$one->checkCacheGenerationTimeout(), $one->storeCache('one')]);
show('the second one', [$two->checkCacheGenerationTimeout(), $two->storeCache('new two'), bytes_of('var/x'), claims()]);
// Kept under its own claim, whichever database the settings name.
ini_set('ezdbfile.database', $first);
show('the first again', [$one->startCacheGeneration()]);
ini_set('ezdbfile.database', $second);
show('the second', [$two->startCacheGeneration(), $two->storeContents('kept in two')]);
show('the first', [$one->storeContents('kept in one'), $one->endCacheGeneration(), $two->endCacheGeneration()]);
show('two', [bytes_of('var/x'), claims(), faults()]);
// Other settings for connections to the same database are no other cluster: nobody waits for himself.
$inner = (new eZDBFileHandler('var/y'))->processCache(null, static function () {
    ini_set('ezdbfile.match_timeout', '20');
    return 'with ' . (new eZDBFileHandler('var/y'))->processCache(null, static fn () => 'inner');
});
show('nested', [$inner, bytes_of('var/y'), claims()]);
// Who claims again in the middle stores under the new claim.
$handler = new eZDBFileHandler('var/z');
$again = $handler->processCache(null, static function () use ($handler) {
    $handler->delete();
    (new eZDBFileHandler())->fileDelete('var/z.generating');
    return $handler->checkCacheGenerationTimeout() || $handler->startCacheGeneration() === true ? 'again' : 'refused';
});
show('claimed again', [$again, bytes_of('var/z'), claims()]);
use_database($first);
show('the first database', [bytes_of('var/x'), claims(), faults()]);
?>
--EXPECT--
claimed: true
the other database: ['two', 'two', []]
claimed there too: [true, ['var/x.generating']]
the first object: [true, 'one']
the second one: [true, 'new two', 'new two', []]
the first again: [true]
the second: [true, true]
the first: [true, true, true]
two: ['kept in two', [], []]
nested: ['with inner', 'with inner', []]
claimed again: ['again', 'again', []]
the first database: ['kept in one', [], []]
