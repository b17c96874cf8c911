--TEST--
A name with .. segments is refused by everything that writes or removes local files
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
file_put_contents('../outside.txt', 'not ours');
mkdir('var');
$names = ['../outside.txt', 'var/../../outside.txt', 'var/../inside.txt', '..'];
foreach ($names as $name) {
    put($name, 'from the cluster');
    refused("fileFetch $name", static fn () => (new eZDBFileHandler())->fileFetch($name), $name);
    refused("fetch $name", static fn () => (new eZDBFileHandler($name))->fetch(), $name);
    refused("fetch(true) $name", static fn () => (new eZDBFileHandler($name))->fetch(true), $name);
    refused("fetchUnique $name", static fn () => (new eZDBFileHandler($name))->fetchUnique(), $name);
    refused("storeContents locally $name", static fn () => (new eZDBFileHandler($name))->storeContents('x', 'test', 'misc', true), $name);
    (new eZDBFileHandler())->fileDeleteLocal($name);
    (new eZDBFileHandler($name))->deleteLocal();
    $said = warnings();
    show("deleteLocal says so $name", count($said) === 2 && str_contains($said[0], $name) && str_contains($said[1], $name));
}
refused('fileStore and delete', static fn () => (new eZDBFileHandler())->fileStore('../outside.txt', 'test', true), '../outside.txt');
show('outside', file_get_contents('../outside.txt'));
show('beside the site', array_values(array_diff(scandir('..'), ['.', '..'])));
show('site', tree());

put('var/..a/b..c/...', 'dots that are no segment');
show('other dots', (new eZDBFileHandler())->fileFetch('var/..a/b..c/...'));
show('written', local_bytes('var/..a/b..c/...'));
?>
--EXPECT--
fileFetch ../outside.txt: refused
fetch ../outside.txt: refused
fetch(true) ../outside.txt: refused
fetchUnique ../outside.txt: refused
storeContents locally ../outside.txt: refused
deleteLocal says so ../outside.txt: true
fileFetch var/../../outside.txt: refused
fetch var/../../outside.txt: refused
fetch(true) var/../../outside.txt: refused
fetchUnique var/../../outside.txt: refused
storeContents locally var/../../outside.txt: refused
deleteLocal says so var/../../outside.txt: true
fileFetch var/../inside.txt: refused
fetch var/../inside.txt: refused
fetch(true) var/../inside.txt: refused
fetchUnique var/../inside.txt: refused
storeContents locally var/../inside.txt: refused
deleteLocal says so var/../inside.txt: true
fileFetch ..: refused
fetch ..: refused
fetch(true) ..: refused
fetchUnique ..: refused
storeContents locally ..: refused
deleteLocal says so ..: true
fileStore and delete: refused
outside: 'not ours'
beside the site: ['outside.txt', 'scratch', 'site']
site: ['var/']
other dots: 'var/..a/b..c/...'
written: 'dots that are no segment'
