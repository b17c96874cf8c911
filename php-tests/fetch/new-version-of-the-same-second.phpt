--TEST--
A version with the mtime and size of the one before is fetched all the same
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a.txt');
foreach (['one', 'two', 'six'] as $bytes) {
    $handler->storeContents($bytes);
    db()->query('UPDATE ezdbfile SET mtime = 1000000000');
    show('fetch', [$handler->fetch(), local_bytes('var/a.txt'), local_mtime('var/a.txt')]);
}
put('var/a.txt', 'ten', mtime: 1000000000);
show('by another node', [$handler->fetch(), local_bytes('var/a.txt')]);
put('var/a.txt', 'few', mtime: 1000000000);
show('fileFetch', [$handler->fileFetch('var/a.txt'), local_bytes('var/a.txt')]);
?>
--EXPECT--
fetch: ['var/a.txt', 'one', 1000000000]
fetch: ['var/a.txt', 'two', 1000000000]
fetch: ['var/a.txt', 'six', 1000000000]
by another node: ['var/a.txt', 'ten']
fileFetch: ['var/a.txt', 'few']
