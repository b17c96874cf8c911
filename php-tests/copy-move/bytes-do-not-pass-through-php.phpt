--TEST--
Copying a large file takes no memory of PHP
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$bytes = bytes(16000000);
$handler = new eZDBFileHandler();
$handler->fileStoreContents('var/large', $bytes);
unset($bytes);
gc_collect_cycles();
preg_match('/VmRSS:\s+(\d+)/', file_get_contents('/proc/self/status'), $before);
file_put_contents('/proc/self/clear_refs', '5');
show('copied', $handler->fileCopy('var/large', 'var/copy'));
preg_match('/VmHWM:\s+(\d+)/', file_get_contents('/proc/self/status'), $after);
show('memory', $after[1] - $before[1] < 4000);
show('different chunks', count(array_unique(array_map(static fn ($name) => md5(bytes_of($name)), ['var/large', 'var/copy']))));
show('faults', faults());
?>
--EXPECT--
copied: true
memory: true
different chunks: 1
faults: []
