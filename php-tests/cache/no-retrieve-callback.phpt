--TEST--
Without a retrieve callback the file is generated, however fresh it is
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'old');
$handler = new eZDBFileHandler('var/a');
show('result', [$handler->processCache(null, generate('new')), bytes_of('var/a'), local_bytes('var/a')]);
show('again', [$handler->processCache(null, generate('newer')), bytes_of('var/a'), local_bytes('var/a')]);
show('no generation', [result($handler->processCache(null, false)), bytes_of('var/a'), claims(), state($handler)]);
show('calls', Calls::taken());
?>
--EXPECT--
result: ['new', 'new', 'new']
again: ['newer', 'newer', 'newer']
no generation: ['failure 2', 'newer', [], ['var/a', null]]
calls: [['generate', 'var/a.generating'], ['generate', 'var/a.generating']]
