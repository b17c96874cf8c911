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
class Thrower
{
    public function __toString(): string
    {
        throw new Own('of what was made');
    }
}
$circle = [];
$circle['circle'] = &$circle;
set_error_handler(static fn (int $level, string $text) => throw new ErrorException($text));
foreach ([
    'bytes' => [['binarydata' => new Thrower()], Own::class],
    'a scope' => [['binarydata' => 'x', 'scope' => new Thrower()], Own::class],
    'a datatype' => [['binarydata' => 'x', 'datatype' => new Thrower()], Own::class],
    'content that cannot be written down' => [['content' => $circle], ErrorException::class],
] as $label => [$made, $class]) {
    thrown("$label, made", static fn () => $handler->processCache(null, static fn () => $made), $class);
    show('state', [state($handler), claims(), can_be_claimed('var/fresh')]);
    $handler->startCacheGeneration();
    thrown("$label, stored", static fn () => $handler->storeCache($made), $class);
    show('state', [state($handler), claims(), can_be_claimed('var/fresh')]);
}
restore_error_handler();
$circle = null;
class DoesNotStore extends eZDBFileHandler
{
    public function storeCache($data)
    {
        throw new Own('of storeCache()');
    }
}
class DoesNotEnd extends eZDBFileHandler
{
    public function endCacheGeneration($rename = true)
    {
        throw new Own('of endCacheGeneration()');
    }
}
foreach ([DoesNotStore::class, DoesNotEnd::class] as $class) {
    $own = new $class('var/fresh');
    thrown("$class, made", static fn () => $own->processCache(null, static fn () => 'made'), Own::class);
    show('state', [state($own), claims(), can_be_claimed('var/fresh')]);
}
$own->startCacheGeneration();
thrown("$class, stored", static fn () => $own->storeCache('stored'), Own::class);
show('state', [state($own), claims(), can_be_claimed('var/fresh')]);
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
bytes, made: Own
state: [['var/fresh', null], [], true]
bytes, stored: Own
state: [['var/fresh', null], [], true]
a scope, made: Own
state: [['var/fresh', null], [], true]
a scope, stored: Own
state: [['var/fresh', null], [], true]
a datatype, made: Own
state: [['var/fresh', null], [], true]
a datatype, stored: Own
state: [['var/fresh', null], [], true]
content that cannot be written down, made: ErrorException
state: [['var/fresh', null], [], true]
content that cannot be written down, stored: ErrorException
state: [['var/fresh', null], [], true]
DoesNotStore, made: Own
state: [['var/fresh', null], [], true]
DoesNotEnd, made: Own
state: [['var/fresh', null], [], true]
DoesNotEnd, stored: Own
state: [['var/fresh', null], [], true]
rows: [['var/fresh'], ['var/old'], 'old', 'fresh', [], true]
works: ['new', 'new']
