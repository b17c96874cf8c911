--TEST--
Who asks for a claim until it is granted comes to an end: another object's, one that was lost, a name that is too long
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
// Short, as the test waits for it, but not so short that it is over at once where everything is slow.
$seconds = 3 * ((int)getenv('EZDB_TEST_SLOWNESS') ?: 1);
kernel(claims_last($seconds));

// An object that was left with its claim, as by an exception on the way to its end.
$object = new eZDBFileHandler('var/left');
show('claimed', $object->startCacheGeneration());
$handler = new eZDBFileHandler('var/left');
$left = $handler->startCacheGeneration();
show('refused for how long', is_int($left) && $left >= 1 && $left <= $seconds);
show('granted', [eventually(static fn () => $handler->startCacheGeneration() === true), state($handler), claims()]);
// Both have it now: the first one to end it ends it, and the other is about the file again.
show('stored', [$handler->storeCache('made'), bytes_of('var/left'), claims()]);
show('the object that let go', [$object->checkCacheGenerationTimeout(), $object->storeCache('too late'), state($object), bytes_of('var/left'), live()]);
show('and again', [$object->startCacheGeneration(), $object->storeCache('newer'), bytes_of('var/left'), live()]);

// So can content of a cache: by processCache(), which waits for nobody of its own process.
$object = new eZDBFileHandler('var/cache');
show('left to the caller', result($object->processCache(retrieve(), null)));
unset($object);
$made = static fn () => (new eZDBFileHandler('var/cache'))->processCache(retrieve(), generate('made by another'));
show('stored in the end', [eventually(static fn () => $made() !== '' && bytes_of('var/cache') !== null), bytes_of('var/cache'), claims()]);

// A claim that comes after it is none of the objects that had the one before.
[$one, $two, $three] = [new eZDBFileHandler('var/next'), new eZDBFileHandler('var/next'), new eZDBFileHandler('var/next')];
$one->startCacheGeneration();
$clone = clone $one;
show('both', [eventually(static fn () => $two->startCacheGeneration() === true), $two->storeCache('two'), $three->startCacheGeneration()]);
show('not theirs', [$one->checkCacheGenerationTimeout(), $one->storeCache('one'), $clone->storeCache('clone'), $clone->endCacheGeneration(), bytes_of('var/next'), claims()]);
show('but its own', [$three->storeCache('three'), bytes_of('var/next'), claims()]);

// The same inside a callback that takes too long: its content is not stored over what came meanwhile.
$slow = new eZDBFileHandler('var/slow');
show('slow', $slow->processCache(null, static function () use ($slow) {
    $inner = new eZDBFileHandler('var/slow');
    eventually(static fn () => $inner->startCacheGeneration() === true);
    $inner->storeCache('of the inner one');
    return 'of the slow one';
}));
show('stored', [bytes_of('var/slow'), state($slow), claims(), live()]);

// One that was renewed is as young as a new one.
$first = new eZDBFileHandler('var/renewed');
show('claimed', $first->startCacheGeneration());
age_claim('var/renewed', 100);
show('renewed', [$first->checkCacheGenerationTimeout(), is_int((new eZDBFileHandler('var/renewed'))->startCacheGeneration()), $first->endCacheGeneration(false)]);

// A claim that another process has taken over.
[$overtaken, $other] = [Process::obedient($code = kernel_code(claims_last(1000)) . '$handler = new eZDBFileHandler("var/overtaken");'), Process::obedient($code)];
$start = 'return [$handler->startCacheGeneration(), $handler->filePath];';
show('claimed', $overtaken->run($start));
age_claim('var/overtaken', 2000);
show('taken over', $other->run($start));
$now = $overtaken->run($start);
show('no longer granted', [$now[0] > 900, $now[1]]);
show('the other', [$other->run('return $handler->storeCache("of the other");'), bytes_of('var/overtaken'), $other->finish()]);
show('granted again', [$overtaken->run($start), $overtaken->run('return $handler->abortCacheGeneration();'), $overtaken->finish()]);
show('said so far', KernelStandIn::said());

// A name that leaves no room for a claim's: the file can be made, by everybody.
$long = str_pad('var/', width('name') - 3, 'abcdefghi/');
$long[-1] = 'x';
$handler = new eZDBFileHandler($long);
show('too long to be claimed', [$handler->startCacheGeneration(), state($handler) === [$long, null], claims()]);
show('says why', count(KernelStandIn::said()));
show('is made', [$handler->fileStoreContents($long, 'made'), bytes_of($long), $handler->endCacheGeneration()]);
show('left', [claims(), faults()]);
?>
--EXPECT--
claimed: true
refused for how long: true
granted: [true, ['var/left.generating', 'var/left'], ['var/left.generating']]
stored: ['made', 'made', []]
the object that let go: [false, 'too late', ['var/left', null], 'made', ['var/left']]
and again: [true, 'newer', 'newer', ['var/left']]
left to the caller: 'failure 2'
stored in the end: [true, 'made by another', []]
both: [true, 'two', true]
not theirs: [false, 'one', 'clone', false, 'two', ['var/next.generating']]
but its own: ['three', 'three', []]
slow: 'of the slow one'
stored: ['of the inner one', ['var/slow', null], [], ['var/cache', 'var/left', 'var/next', 'var/slow']]
claimed: true
renewed: [true, true, true]
claimed: [true, 'var/overtaken.generating']
taken over: [true, 'var/overtaken.generating']
no longer granted: [true, 'var/overtaken']
the other: ['of the other', 'of the other', '']
granted again: [[true, 'var/overtaken.generating'], true, '']
said so far: []
too long to be claimed: [true, true, []]
says why: 1
is made: [true, 'made', false]
left: [[], []]
