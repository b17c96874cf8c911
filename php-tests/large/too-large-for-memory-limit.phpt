--TEST--
Contents beyond memory_limit are a PHP error for this request only, not a crash
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
$handler->storeContents(str_repeat('x', 20000000));
$said = child('register_shutdown_function(function () { echo "shutdown\n"; }); echo "start\n"; strlen((new eZDBFileHandler("var/a"))->fetchContents()); echo "not reached\n";', ['-d', 'memory_limit=8M']);
show('start', str_starts_with($said, "start\n"));
show('fatal error or warning', preg_match('/memory|too large/i', $said) === 1);
show('shutdown ran', str_contains($said, 'shutdown'));
show('no signal', !preg_match('/exit status (-|13[0-9])/', $said));
show('others', [strlen($handler->fetchContents()), unlocked()]);
?>
--EXPECT--
start: true
fatal error or warning: true
shutdown ran: true
no signal: true
others: [20000000, true]
