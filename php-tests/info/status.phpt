--TEST--
ezdbfile_status() tells versions, database, layout and the counters of the pool
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
(new eZDBFileHandler())->fileExists('var/a.txt');
$status = ezdbfile_status();
show('version', $status['version'] === phpversion('ezdbfile') && $status['version'] !== '');
show('client', preg_match('/\d+\.\d+/', $status['client']) === 1);
show('server', str_contains($status['server'], value('SELECT VERSION()')));
show('layout', $status['layout'] === (by_hash() ? 'hash' : 'id'));
show('database', $status['database'] === value('SELECT DATABASE()'));
foreach (['open', 'idle', 'connects', 'reuses'] as $name) {
    show("$name is a number", is_int($status['pool'][$name]) && $status['pool'][$name] >= 0);
}
show('open', $status['pool']['open']);
show('connects', $status['pool']['connects']);
?>
--EXPECT--
version: true
client: true
server: true
layout: true
database: true
open is a number: true
idle is a number: true
connects is a number: true
reuses is a number: true
open: 1
connects: 1
