--TEST--
A generate callback that makes neither content nor bytes: an error, null, no claim
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/a', 'old');
$handler = new eZDBFileHandler('var/a');
foreach (['empty list' => [], 'other keys' => ['scope' => 'x', 'store' => true], 'nulls' => ['content' => null, 'binarydata' => null], 'null' => null] as $label => $made) {
    refused($label, static fn () => $handler->processCache(null, generate($made)), 'var/a', '/content|binarydata|data/i', null);
    show('state', [state($handler), claims(), can_be_claimed('var/a')]);
}
show('untouched', [expired(), live(), bytes_of('var/a'), tree()]);
?>
--EXPECT--
empty list: refused
state: [['var/a', null], [], true]
other keys: refused
state: [['var/a', null], [], true]
nulls: refused
state: [['var/a', null], [], true]
null: refused
state: [['var/a', null], [], true]
untouched: [['var/a'], [], 'old', []]
