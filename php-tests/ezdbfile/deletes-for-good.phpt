--TEST--
delete(), deleteWildcard() and deleteRegex() remove rows and bytes and count the files
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ['var/a', 'var/ab', 'var/a/b', 'var/a/c', 'var/A', 'var/a_b', 'var/axb', 'xvar/a', 'var/a.b', 'var/a%b'];
$with = static function (callable $delete) use ($names) {
    db()->query('DELETE FROM ezdbfile');
    db()->query('DELETE FROM ezdbfile_data');
    array_map(static fn ($name) => put($name, ['one', 'two']), $names);
    $returned = $delete();
    return [$returned, array_values(array_diff($names, live())), faults(), chunk_count() === 2 * count(live())];
};
show('delete', $with(static fn () => eZDBFile::delete('var/a')));
show('delete cleans', $with(static fn () => eZDBFile::delete('var//a_b')));
show('delete again', $with(static fn () => [eZDBFile::delete('var/ab'), eZDBFile::delete('var/ab')]));
show('wildcard *', $with(static fn () => eZDBFile::deleteWildcard('var/a*')));
show('wildcard ?', $with(static fn () => eZDBFile::deleteWildcard('var/a?b')));
show('wildcard {}', $with(static fn () => eZDBFile::deleteWildcard('var/a{/b,_b}')));
show('wildcard literal', $with(static fn () => eZDBFile::deleteWildcard('var/a_b')));
show('wildcard nothing', $with(static fn () => eZDBFile::deleteWildcard('nothing*')));
show('regex open end', $with(static fn () => eZDBFile::deleteRegex('var/a/')));
show('regex', $with(static fn () => eZDBFile::deleteRegex('var/a.b')));
show('regex alternatives', $with(static fn () => eZDBFile::deleteRegex('xvar|var/a$')));
show('regex from the first character', $with(static fn () => eZDBFile::deleteRegex('ar/a')));
show('regex nothing', $with(static fn () => eZDBFile::deleteRegex('nothing')));
?>
--EXPECT--
delete: [true, ['var/a'], [], true]
delete cleans: [true, ['var/a_b'], [], true]
delete again: [[true, false], ['var/ab'], [], true]
wildcard *: [8, ['var/a', 'var/ab', 'var/a/b', 'var/a/c', 'var/a_b', 'var/axb', 'var/a.b', 'var/a%b'], [], true]
wildcard ?: [5, ['var/a/b', 'var/a_b', 'var/axb', 'var/a.b', 'var/a%b'], [], true]
wildcard {}: [2, ['var/a/b', 'var/a_b'], [], true]
wildcard literal: [1, ['var/a_b'], [], true]
wildcard nothing: [0, [], [], true]
regex open end: [2, ['var/a/b', 'var/a/c'], [], true]
regex: [5, ['var/a/b', 'var/a_b', 'var/axb', 'var/a.b', 'var/a%b'], [], true]
regex alternatives: [2, ['var/a', 'xvar/a'], [], true]
regex from the first character: [0, [], [], true]
regex nothing: [0, [], [], true]
