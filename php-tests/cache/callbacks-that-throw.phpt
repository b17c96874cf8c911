--TEST--
An exception of a callback goes through to the caller, and the claim is released
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/old', 'old');
put_fresh('var/fresh', 'fresh');
final class Own extends Exception
{
}
$throw = static function () {
    throw new Own('of the callback');
};
foreach (['var/new', 'var/old'] as $path) {
    $handler = new eZDBFileHandler($path);
    thrown("generate $path", static fn () => $handler->processCache(retrieve(), $throw), Own::class, '/^of the callback$/');
    show('state', [state($handler), claims(), can_be_claimed($path)]);
}
$handler = new eZDBFileHandler('var/fresh');
thrown('retrieve', static fn () => $handler->processCache($throw, never()), Own::class);
thrown('processFile', static fn () => $handler->processFile($throw), Own::class);
thrown('error', static fn () => $handler->processCache(null, static fn () => no_such_function()), Error::class, '/no_such_function/');
thrown('type', static fn () => $handler->processCache(null, static fn (int $path) => 1), TypeError::class);
thrown('more parameters than are given', static fn () => $handler->processCache(null, static fn ($path, $extra, $more) => 1), ArgumentCountError::class);
show('state', [state($handler), claims(), can_be_claimed('var/fresh')]);
class Unprintable
{
}
thrown('bytes that are no string', static fn () => $handler->processCache(null, static fn () => ['binarydata' => new Unprintable()]), Error::class);
show('state', [state($handler), claims(), can_be_claimed('var/fresh')]);
show('rows', [live(), expired(), bytes_of('var/old'), bytes_of('var/fresh'), faults(), unlocked()]);
show('works', [$handler->processCache(null, generate('new')), bytes_of('var/fresh')]);
?>
--EXPECT--
generate var/new: Own
state: [['var/new', null], [], true]
generate var/old: Own
state: [['var/old', null], [], true]
retrieve: Own
processFile: Own
error: Error
type: TypeError
more parameters than are given: ArgumentCountError
state: [['var/fresh', null], [], true]
bytes that are no string: Error
state: [['var/fresh', null], [], true]
rows: [['var/fresh'], ['var/old'], 'old', 'fresh', [], true]
works: ['new', 'new']
