--TEST--
A claim that a delete took along is lost for its maker, and the next one generates
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient('$handler = new eZDBFileHandler("var/cache/a");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
(new eZDBFileHandler())->fileDelete('var/cache');
$handler = new eZDBFileHandler('var/cache/a');
show('checked by the maker', $maker->run('return $handler->checkCacheGenerationTimeout();'));
show('result of the maker', $maker->run('return $handler->storeCache("of the maker");'));
show('then', [live(), $handler->processCache(retrieve(), generate('new')), bytes_of('var/cache/a'), claims(), $maker->finish()]);
?>
--EXPECT--
maker: true
checked by the maker: false
result of the maker: 'of the maker'
then: [[], 'new', 'new', [], '']
