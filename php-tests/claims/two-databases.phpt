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
create_tables();
ini_set('ezdbfile.database', $second);
$two = new eZDBFileHandler('var/x');
show('the other database', [$two->processCache(null, static fn () => 'two'), bytes_of('var/x'), claims()]);
show('claimed there too', [$two->startCacheGeneration(), claims()]);
show('the first object', [$one->checkCacheGenerationTimeout(), $one->storeCache('one')]);
show('the second one', [$two->checkCacheGenerationTimeout(), $two->storeCache('new two'), bytes_of('var/x'), claims()]);
use_database($first);
show('the first database', [bytes_of('var/x'), claims(), faults()]);
?>
--EXPECT--
claimed: true
the other database: ['two', 'two', []]
claimed there too: [true, ['var/x.generating']]
the first object: [true, 'one']
the second one: [true, 'new two', 'new two', []]
the first database: ['one', [], []]
