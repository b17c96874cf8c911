--TEST--
A path below a local file is not fetched, and the file stays
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a/b/c.txt', 'x');
local('var/a', 'a file');
foreach (['fileFetch', 'fetch', 'fetchUnique'] as $method) {
    $handler = new eZDBFileHandler('var/a/b/c.txt');
    refused($method, static fn () => $handler->$method(...($method === 'fileFetch' ? ['var/a/b/c.txt'] : [])), 'var/a/b/c.txt', '/director|exists/i');
}
show('tree', tree());
show('file', local_bytes('var/a'));
?>
--EXPECT--
fileFetch: refused
fetch: refused
fetchUnique: refused
tree: ['var/', 'var/a']
file: 'a file'
