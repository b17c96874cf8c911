--TEST--
purge() works in batches and calls back with the path and the rows removed after each
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$fill = static function (int $count, string $dir = 'var/a') {
    db()->begin_transaction();
    for ($i = 0; $i < $count; $i++) {
        put("$dir/$i", 'x', mtime: -1000);
    }
    db()->commit();
};
$calls = [];
$note = static function (...$arguments) use (&$calls) {
    $calls[] = [...$arguments, count(expired())];
};
$handler = new eZDBFileHandler('var/a');

$fill(7);
put('var/a/live/1');
put('var/a/live/2');
$handler->purge($note, false, 3);
show('batches of 3', $calls);
$calls = [];
$fill(250);
$handler->purge($note);
show('batches of 100', $calls);
$calls = [];
$fill(5);
$handler->purge($note, 1, '4');
show('with a pause, numeric string', $calls);
$calls = [];
$handler->purge($note);
show('nothing to remove', array_sum(array_column($calls, 1)));
show('live', live());
?>
--EXPECT--
batches of 3: [['var/a', 3, 4], ['var/a', 3, 1], ['var/a', 1, 0]]
batches of 100: [['var/a', 100, 150], ['var/a', 100, 50], ['var/a', 50, 0]]
with a pause, numeric string: [['var/a', 4, 1], ['var/a', 1, 0]]
nothing to remove: 0
live: ['var/a/live/1', 'var/a/live/2']
