--TEST--
With a name part everything goes whose name starts with path/part; with true everything below the path
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
$names = ['a/b', 'a/b/', 'a/b/c', 'a/b/c/d', 'a/b/cd', 'a/b/c d', 'a/b/x', 'a/bc', 'a/b/C', 'x/a/b/c', 'a/b/c_', 'a/b/c_1', 'a/b/cx1', 'a/b/50%', 'a/b/500', "a/b/it's"];
$deleted = static function (...$arguments) use ($handler, $names) {
    db()->query('DELETE FROM ezdbfile');
    array_map(static fn ($name) => put($name, ''), $names);
    $returned = $handler->fileDelete(...$arguments);
    return $returned === true ? expired() : $returned;
};
foreach (['c', 'c/', 'c/d', 'c//d', 'c_', '50%', "it's", 'nothing', 'C', 'c '] as $part) {
    show("part $part", $deleted('a/b', $part));
}
show('true', $deleted('a/b', true));
show('false', $deleted('a/b', false));
show('slash after the path', $deleted('a//b//', 'c_'));
?>
--EXPECT--
part c: ['a/b/c', 'a/b/c d', 'a/b/c/d', 'a/b/c_', 'a/b/c_1', 'a/b/cd', 'a/b/cx1']
part c/: ['a/b/c/d']
part c/d: ['a/b/c/d']
part c//d: ['a/b/c/d']
part c_: ['a/b/c_', 'a/b/c_1']
part 50%: ['a/b/50%']
part it's: ['a/b/it's']
part nothing: []
part C: ['a/b/C']
part c : ['a/b/c d']
true: ['a/b/', 'a/b/50%', 'a/b/500', 'a/b/C', 'a/b/c', 'a/b/c d', 'a/b/c/d', 'a/b/c_', 'a/b/c_1', 'a/b/cd', 'a/b/cx1', 'a/b/it's', 'a/b/x']
false: ['a/b', 'a/b/', 'a/b/50%', 'a/b/500', 'a/b/C', 'a/b/c', 'a/b/c d', 'a/b/c/d', 'a/b/c_', 'a/b/c_1', 'a/b/cd', 'a/b/cx1', 'a/b/it's', 'a/b/x']
slash after the path: ['a/b/c_', 'a/b/c_1']
