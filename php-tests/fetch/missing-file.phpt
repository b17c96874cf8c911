--TEST--
A file that is not in the cluster cannot be fetched: false, a warning, nothing local
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
foreach (readers() as $label => $read) {
    refused($label, static fn () => $read('var/missing.txt'), 'var/missing.txt', NOT_FOUND);
    refused("$label without a path", static fn () => $read(false), '');
}
show('files', array_filter(tree(), 'is_file'));
local('var/missing.txt', 'only local');
refused('local only', static fn () => (new eZDBFileHandler('var/missing.txt'))->fetchContents(), 'var/missing.txt', NOT_FOUND);
?>
--EXPECT--
fileFetch: refused
fileFetch without a path: refused
fetch: refused
fetch without a path: refused
fetch(true): refused
fetch(true) without a path: refused
fetchUnique: refused
fetchUnique without a path: refused
fileFetchContents: refused
fileFetchContents without a path: refused
fetchContents: refused
fetchContents without a path: refused
passthrough: refused
passthrough without a path: refused
files: []
local only: refused
