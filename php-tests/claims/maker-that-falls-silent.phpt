--TEST--
A maker that falls silent with its connection open, as one whose network was cut, keeps its claim until the timeout
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
$pid = $maker->run('return getmypid();');
posix_kill($pid, SIGSTOP);
$handler = new eZDBFileHandler('var/a');
show('before the timeout', is_int($handler->startCacheGeneration()));
age_claim('var/a', 61);
show('after it', [$handler->startCacheGeneration(), $handler->storeCache('new')]);
posix_kill($pid, SIGCONT);
show('the maker, back', [$maker->run('return $handler->storeCache("late");'), $maker->finish()]);
show('stored', [bytes_of('var/a'), live(), claims()]);
?>
--EXPECT--
maker: true
before the timeout: true
after it: [true, 'new']
the maker, back: ['late', '']
stored: ['new', ['var/a'], []]
