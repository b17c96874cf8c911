--TEST--
With store false the result comes back, nothing is stored, and the claim is given up
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/old', 'old');
local('var/old', 'old local');
foreach (['var/new', 'var/old'] as $path) {
    $handler = new eZDBFileHandler($path);
    show($path, $handler->processCache(null, generate(['content' => 'not stored', 'store' => false])));
    show('bytes', $handler->processCache(null, generate(['binarydata' => 'not stored', 'content' => 'x', 'store' => false])));
    show('state', [state($handler), claims(), live(), expired(), can_be_claimed($path)]);
}
show('untouched', [bytes_of('var/old'), local_bytes('var/old'), local_bytes('var/new'), faults()]);
?>
--EXPECT--
var/new: 'not stored'
bytes: 'x'
state: [['var/new', null], [], [], ['var/old'], true]
var/old: 'not stored'
bytes: 'x'
state: [['var/old', null], [], [], ['var/old'], true]
untouched: ['old', 'old local', null, []]
