--TEST--
fileDeleteByRegex() matches what follows dir/ from its first character, the end is open
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ['d/abc', 'd/abd', 'd/xabc', 'd/b', 'd/ABC', 'd/a/b', 'd/a.b', 'd/e/abc', 'd', 'd.x/abc', 'dyx/abc', 'x/d/abc', 'd/100%', "d/it's", "d/ab\ncd", 'd/a//b'];
$handler = new eZDBFileHandler();
$delete = static function (string $dir, string $regex) use ($handler, $names) {
    db()->query('DELETE FROM ezdbfile');
    array_map(static fn ($name) => put($name, ''), $names);
    $returned = $handler->fileDeleteByRegex($dir, $regex);
    echo dump([$dir, $regex]), ': ', $returned === true ? dump(expired()) : dump($returned), "\n";
};
foreach (['abc', 'ab[cd]$', 'b', 'abc|b', '(abc|b)$', 'b|a\.b', '^abc', '[A-C]+$', 'a\.b', 'a.b', "it's", '100%', '_', 'a/b', 'e/abc', 'a//b', '.a', 'nothing'] as $regex) {
    $delete('d', $regex);
}
$delete('d//', 'abc');
$delete('d.x', 'abc');
$delete('x/d', 'abc');
$delete('d/e', '.*');
$delete('D', '.*');
?>
--EXPECT--
['d', 'abc']: ['d/abc']
['d', 'ab[cd]$']: ['d/abc', 'd/abd']
['d', 'b']: ['d/b']
['d', 'abc|b']: ['d/abc', 'd/b']
['d', '(abc|b)$']: ['d/abc', 'd/b']
['d', 'b|a\x5c.b']: ['d/a.b', 'd/b']
['d', '^abc']: ['d/abc']
['d', '[A-C]+$']: ['d/ABC']
['d', 'a\x5c.b']: ['d/a.b']
['d', 'a.b']: ['d/a.b', 'd/a/b']
['d', 'it's']: ['d/it's']
['d', '100%']: ['d/100%']
['d', '_']: []
['d', 'a/b']: ['d/a/b']
['d', 'e/abc']: ['d/e/abc']
['d', 'a//b']: ['d/a//b']
['d', '.a']: ['d/xabc']
['d', 'nothing']: []
['d//', 'abc']: ['d/abc']
['d.x', 'abc']: ['d.x/abc']
['x/d', 'abc']: ['x/d/abc']
['d/e', '.*']: ['d/e/abc']
['D', '.*']: []
