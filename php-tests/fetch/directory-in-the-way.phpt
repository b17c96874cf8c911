--TEST--
A path that is a directory here is not fetched, and the directory stays
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
put('var/full', 'x');
put('var/empty', 'x');
mkdir('var/empty', 0777, true);
local('var/full/inside.txt', 'inside');
foreach (['fileFetch', 'fetch', 'fetch(true)'] as $label) {
    refused("$label empty", static fn () => readers()[$label]('var/empty'), 'var/empty', '/director/i');
    refused("$label full", static fn () => readers()[$label]('var/full'), 'var/full', '/director/i');
}
show('tree', tree());
refused('storeContents', static fn () => (new eZDBFileHandler('var/empty'))->storeContents('y', 'test', 'misc', true), 'var/empty', '/director/i');
show('tree', tree());
show('contents', (new eZDBFileHandler('var/full'))->fetchContents());
?>
--EXPECT--
fileFetch empty: refused
fileFetch full: refused
fetch empty: refused
fetch full: refused
fetch(true) empty: refused
fetch(true) full: refused
tree: ['var/', 'var/empty/', 'var/full/', 'var/full/inside.txt']
storeContents: refused
tree: ['var/', 'var/empty/', 'var/full/', 'var/full/inside.txt']
contents: 'x'
