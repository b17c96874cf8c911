--TEST--
A local copy of the version that the cluster holds goes to the retrieve callback as it is
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a.php', 'one');
$now = entry('var/a.php')['mtime'];
$handler = new eZDBFileHandler('var/a.php');
$handler->fetch();
$inode = inode('var/a.php');
show('result', $handler->processCache(retrieve(), never()));
show('with extra data', $handler->processCache(retrieve(), never(), null, null, ['x' => 1]));
show('calls', Calls::taken());
$handler->processCache(static function ($path, $mtime) use ($now) {
    show('mtime', [$mtime === local_mtime($path), $mtime === $now]);
    return true;
}, never());
foreach ([null, false, 0, '', 'text', [], [1], new stdClass()] as $value) {
    if ($handler->processCache(static fn () => $value, never()) !== $value) {
        show('changed', $value);
    }
}
show('not touched', [inode('var/a.php') === $inode, claims(), state($handler), Calls::taken()]);
?>
--EXPECT--
result: 'got one'
with extra data: 'got one'
calls: [['retrieve', 'var/a.php'], ['retrieve', 'var/a.php', ['x' => 1]]]
mtime: [true, true]
not touched: [true, [], ['var/a.php', null], []]
