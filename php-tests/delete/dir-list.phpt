--TEST--
fileDeleteByDirList() takes everything that starts with path/item/suffix for each item
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ['c/eng/1', 'c/eng/12', 'c/eng/1-x/y', 'c/eng', 'c/engl/1', 'c/nor/1', 'c/nor/2', 'c/NOR/1', 'c/n_r/1', 'c/fre/1/2', 'x/c/eng/1', "c/it's/1", 'c/a b/1', 'c/a/b/1'];
$handler = new eZDBFileHandler();
$deleted = static function (...$arguments) use ($handler, $names) {
    db()->query('DELETE FROM ezdbfile');
    array_map(static fn ($name) => put($name, ''), $names);
    $returned = $handler->fileDeleteByDirList(...$arguments);
    return $returned === true ? expired() : $returned;
};
show('prefix of the rest', $deleted(['eng', 'nor'], 'c', '1'));
show('empty suffix', $deleted(['eng', 'fre'], 'c', ''));
show('slash at the end counts', $deleted(['fre', 'eng'], 'c', '1/'));
show('runs of slashes', $deleted(['fre'], 'c//', '1//'));
show('underscore', $deleted(['n_r'], 'c', ''));
show('quotes and spaces', $deleted(["it's", 'a b'], 'c', ''));
show('deeper item', $deleted(['a/b'], 'c', '1'));
show('keys do not matter', $deleted(['x' => 'eng', 7 => 'nor'], 'c', '2'));
show('the same twice', $deleted(['nor', 'nor'], 'c', '2'));
show('empty items', [$deleted(['', 'eng', '/', 'nor'], 'c', '1'), str_replace('eZDBFileHandler::fileDeleteByDirList(): ', '', warnings())]);
show('nothing but empty items', [$deleted(['', '/'], 'c', '1'), expired(), count(warnings())]);
show('no item', [$deleted([], 'c', '1'), warnings()]);
show('keys that are no UTF-8', $deleted(["caf\xe9" => 'eng', "\xff" => 'nor'], 'c', '1'));
show('many items', $deleted(array_merge(array_map(static fn ($i) => "none$i", range(1, 1500)), ['nor']), 'c', ''));
?>
--EXPECT--
prefix of the rest: ['c/eng/1', 'c/eng/1-x/y', 'c/eng/12', 'c/nor/1']
empty suffix: ['c/eng/1', 'c/eng/1-x/y', 'c/eng/12', 'c/fre/1/2']
slash at the end counts: ['c/fre/1/2']
runs of slashes: ['c/fre/1/2']
underscore: ['c/n_r/1']
quotes and spaces: ['c/a b/1', 'c/it's/1']
deeper item: ['c/a/b/1']
keys do not matter: ['c/nor/2']
the same twice: ['c/nor/2']
empty items: [['c/eng/1', 'c/eng/1-x/y', 'c/eng/12', 'c/nor/1'], ['c: item 0 of the list of directories is empty; nothing was done for it']]
nothing but empty items: [false, [], 1]
no item: [[], []]
keys that are no UTF-8: ['c/eng/1', 'c/eng/1-x/y', 'c/eng/12', 'c/nor/1']
many items: ['c/nor/1', 'c/nor/2']
