--TEST--
A retrieve callback that fails by any other code: an error that names it, and null
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'old');
$handler = new eZDBFileHandler('var/a');
foreach ([2, 4, 0, -1, 99] as $code) {
    refused("code $code", static fn () => $handler->processCache(failing($code), never()), 'var/a', "/$code/", null);
}
Calls::taken();
show('untouched', [bytes_of('var/a'), claims(), state($handler), can_be_claimed('var/a')]);
?>
--EXPECT--
code 2: refused
code 4: refused
code 0: refused
code -1: refused
code 99: refused
untouched: ['old', [], ['var/a', null], true]
