--TEST--
Waiting for a generator that lives ends with its timeout, and it is taken over
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient(kernel_code(claims_last(2)) . '$handler = new eZDBFileHandler("var/a");');
$waiter = Process::obedient(kernel_code(claims_last(2)) . '$handler = new eZDBFileHandler("var/a");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
$claimed = claim_time('var/a');
show('waiter', $waiter->run('return $handler->processCache(fn ($path) => "got", fn () => ["content" => "made by the waiter", "binarydata" => "waiter"]);'));
show('after the timeout', entry('var/a')['mtime'] >= $claimed + 2);
show('maker', $maker->run('return [$handler->checkCacheGenerationTimeout(), $handler->storeCache("made by the maker")];'));
show('rows', [bytes_of('var/a'), claims(), faults(), $maker->finish(), $waiter->finish()]);
?>
--EXPECT--
maker: true
waiter: 'made by the waiter'
after the timeout: true
maker: [false, 'made by the maker']
rows: ['waiter', [], [], '', '']
