--TEST--
Expired files can still be read in every way, the local copy with the absolute mtime
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
foreach (readers() as $label => $read) {
    put("var/$label", 'stale', mtime: -1000000000);
    show($label, in_array($read("var/$label"), [true, "var/$label", 'stale'], true) || $label === 'fetchUnique');
}
show('mtimes', [local_mtime('var/fetch'), local_mtime('var/fileFetch'), local_mtime('var/fetch(true)')]);
show('bytes', [local_bytes('var/fetch'), local_bytes((new eZDBFileHandler('var/fetchUnique'))->fetchUnique())]);
$handler = new eZDBFileHandler('var/b');
$handler->storeContents('b');
$handler->fetch();
$inode = inode('var/b');
$handler->delete();
show('expired after the fetch', [$handler->fetch(), inode('var/b') === $inode, $handler->fetchContents()]);
?>
--EXPECT--
fileFetch: true
fetch: true
fetch(true): true
fetchUnique: true
fileFetchContents: true
fetchContents: true
passthrough: true
mtimes: [1000000000, 1000000000, 1000000000]
bytes: ['stale', 'stale']
expired after the fetch: ['var/b', true, 'b']
