--TEST--
An overtaken generator that never looks stores nothing, whether the other is still at it or done
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/a', 'old');
foreach (['at it', 'done', 'given up', 'gone'] as $state) {
    $maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
    $started = $maker->run('return $handler->startCacheGeneration();');
    age_claim('var/a', 1000);
    $other = Process::obedient('$handler = new eZDBFileHandler("var/a");');
    $taken = $other->run('return $handler->startCacheGeneration();');
    match ($state) {
        'at it' => null,
        'done' => $other->run('$handler->storeCache("made by the other");'),
        'given up' => $other->run('$handler->abortCacheGeneration();'),
        'gone' => $other->kill(),
    };
    $result = $maker->run('return $handler->storeCache("made by the overtaken");');
    show($state, [$started, $taken, $result, bytes_of('var/a')]);
    $other->finish();
    show('ends', [$maker->finish(), eventually(static fn () => can_be_claimed('var/a')), claims(), bytes_of('var/a')]);
    (new eZDBFileHandler('var/a'))->delete();
}
show('faults', faults());
?>
--EXPECT--
at it: [true, true, 'made by the overtaken', 'old']
ends: ['', true, [], 'old']
done: [true, true, 'made by the overtaken', 'made by the other']
ends: ['', true, [], 'made by the other']
given up: [true, true, 'made by the overtaken', 'made by the other']
ends: ['', true, [], 'made by the other']
gone: [true, true, 'made by the overtaken', 'made by the other']
ends: ['', true, [], 'made by the other']
faults: []
