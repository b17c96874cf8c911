--TEST--
The phpinfo() section shows version, client library, settings, layout and the state of the pool
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 4321]);
(new eZDBFileHandler())->fileExists('var/a.txt');
ob_start();
(new ReflectionExtension('ezdbfile'))->info();
$info = ob_get_clean();
show('name', str_contains($info, 'ezdbfile'));
show('version', phpversion('ezdbfile') !== '' && str_contains($info, phpversion('ezdbfile')));
show('client library', preg_match('/client.*\d+\.\d+/i', $info) === 1);
foreach (['host', 'port', 'socket', 'user', 'database', 'charset', 'chunk_size', 'connect_timeout', 'read_timeout', 'write_timeout'] as $name) {
    if (!str_contains($info, "ezdbfile.$name")) {
        echo "$name is missing\n";
    }
}
show('local value', preg_match('/^ezdbfile\.chunk_size => 4321 => 65535$/m', $info) === 1);
show('layout', preg_match(by_hash() ? '/layout.*\bhash\b/i' : '/layout.*\bid\b/i', $info) === 1);
show('pool', preg_match('/pool|connections/i', $info) === 1);
?>
--EXPECT--
name: true
version: true
client library: true
local value: true
layout: true
pool: true
