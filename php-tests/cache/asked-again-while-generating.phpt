--TEST--
An object that is making a file and asks for it again means the file, not the claim
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
show('left to the caller', [result($handler->processCache(retrieve(), null)), result($handler->processCache(retrieve(), null)), state($handler), claims(), tree()]);
show('stored', [$handler->storeCache('made'), bytes_of('var/a'), claims()]);

put_expired('var/b', 'old');
$handler = new eZDBFileHandler('var/b');
show('old content', [result($handler->processCache(retrieve(), null)), result($handler->processCache(retrieve(), null)), claims()]);
show('stored', [$handler->storeCache('new'), bytes_of('var/b'), claims()]);

$handler = new eZDBFileHandler('var/c');
$result = $handler->processCache(retrieve(), static function ($path) use ($handler) {
    return 'outer of ' . $handler->processCache(retrieve(), generate('inner')) . ' as ' . $path;
});
show('in its own callback', [$result, state($handler), bytes_of('var/c'), claims(), live()]);
// The same object in its own callback, and a subclass that claims in its own way: what the inner one stores stays.
class Claiming extends eZDBFileHandler
{
    public function startCacheGeneration()
    {
        return parent::startCacheGeneration();
    }
}
$handler = new Claiming('var/d');
$result = $handler->processCache(null, static fn () => 'outer of ' . $handler->processCache(null, static fn () => 'inner'));
show('a subclass', [$result, bytes_of('var/d'), state($handler), claims(), live()]);
show('calls', [Calls::taken(), faults()]);
?>
--EXPECT--
left to the caller: ['failure 2', 'failure 2', ['var/a.generating', 'var/a'], ['var/a.generating'], []]
stored: ['made', 'made', []]
old content: ['failure 2', 'failure 2', ['var/b.generating']]
stored: ['new', 'new', []]
in its own callback: ['outer of inner as var/c.generating', ['var/c', null], 'outer of inner as var/c.generating', [], ['var/a', 'var/b', 'var/c']]
a subclass: ['outer of inner', 'inner', ['var/d', null], [], ['var/a', 'var/b', 'var/c', 'var/d']]
calls: [[['generate', 'var/c.generating']], []]
