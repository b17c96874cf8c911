--TEST--
After a generation all objects of the request see the new version
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put('var/a', 'old', 'old', 'old', 1000);
$one = new eZDBFileHandler('var/a');
$two = new eZDBFileHandler('var/a');
show('before', [$one->mtime(), $two->size(), $two->dataType()]);
$one->processCache(null, static function () use ($one, $two) {
    show('meanwhile', [$two->mtime(), $two->size(), $two->exists(), $one->name()]);
    return ['binarydata' => 'longer than before', 'datatype' => 'new'];
});
foreach ([$one, $two, new eZDBFileHandler('var/a')] as $handler) {
    show('after', [$handler->mtime() >= server_time() - 100, $handler->size(), $handler->dataType(), $handler->name()]);
}
$two->startCacheGeneration();
$two->storeContents('x', 'newest', 'newest');
$two->endCacheGeneration();
show('ended', [$one->size(), $two->size(), $one->dataType(), $two->metaData['scope']]);
?>
--EXPECT--
before: [1000, 3, 'old']
meanwhile: [1000, 3, true, 'var/a.generating']
after: [true, 18, 'new', 'var/a']
after: [true, 18, 'new', 'var/a']
after: [true, 18, 'new', 'var/a']
ended: [1, 1, 'newest', 'newest']
