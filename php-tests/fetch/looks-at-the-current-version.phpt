--TEST--
Reading looks at the version that the cluster holds now, whatever metadata is remembered
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
foreach (readers() as $label => $read) {
    put('var/a.txt', 'old', mtime: 1000);
    $handler = new eZDBFileHandler('var/a.txt');
    $handler->loadMetaData(true);
    put('var/a.txt', "new for $label", mtime: 1000);
    ob_start();
    $handler->passthrough();
    $all = [ob_get_clean(), $handler->fetchContents(), $handler->fileFetchContents('var/a.txt'), local_bytes($handler->fetch()), local_bytes($handler->fetchUnique())];
    show($label, [$read('var/a.txt') !== false, array_unique($all)]);
}
db()->query('DELETE FROM ezdbfile');
foreach (readers() as $label => $read) {
    refused("$label, removed", static fn () => $read('var/a.txt'), 'var/a.txt', NOT_FOUND);
}
?>
--EXPECT--
fileFetch: [true, ['new for fileFetch']]
fetch: [true, ['new for fetch']]
fetch(true): [true, ['new for fetch(true)']]
fetchUnique: [true, ['new for fetchUnique']]
fileFetchContents: [true, ['new for fileFetchContents']]
fetchContents: [true, ['new for fetchContents']]
passthrough: [true, ['new for passthrough']]
fileFetch, removed: refused
fetch, removed: refused
fetch(true), removed: refused
fetchUnique, removed: refused
fileFetchContents, removed: refused
fetchContents, removed: refused
passthrough, removed: refused
