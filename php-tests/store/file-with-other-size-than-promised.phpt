--TEST--
A local file that turns out shorter or longer than it said is not stored half
--SKIPIF--
<?php
foreach (['/proc/version', '/sys/devices/system/cpu/online'] as $f) if (!is_readable($f)) die("skip no $f");
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/shrinks', 'from before');
put('var/grows', 'from before');
symlink('/sys/devices/system/cpu/online', 'var-shrinks');
mkdir('var');
rename('var-shrinks', 'var/shrinks');
symlink('/proc/version', 'var/grows');
show('promised and real', [filesize('var/shrinks') > strlen(file_get_contents('var/shrinks')), filesize('var/grows') < strlen(file_get_contents('var/grows'))]);
refused('shrinks', static fn () => (new eZDBFileHandler())->fileStore('var/shrinks', 'image'), 'var/shrinks', '/size|short|chang/i');
show('kept', [entry('var/shrinks')['scope'], bytes_of('var/shrinks')]);
refused('grows', static fn () => (new eZDBFileHandler())->fileStore('var/grows', 'image'), 'var/grows', '/size|long|chang/i');
show('kept', [entry('var/grows')['scope'], bytes_of('var/grows')]);
show('faults', faults());
?>
--EXPECT--
promised and real: [true, true]
shrinks: refused
kept: ['test', 'from before']
grows: refused
kept: ['test', 'from before']
faults: []
