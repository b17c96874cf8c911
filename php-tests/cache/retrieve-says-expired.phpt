--TEST--
A retrieve callback that fails by FILE_EXPIRED has the file generated
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['with', 'without'] as $copy) {
    put_fresh('var/a', 'old');
    $handler = new eZDBFileHandler('var/a');
    $handler->metaData = null;
    $copy === 'with' ? $handler->fetch() : @unlink('var/a');
    $result = $handler->processCache(failing(1), generate(['content' => 'new content', 'binarydata' => "new $copy"]), null, null, 'extra');
    $calls = Calls::taken();
    show("$copy local copy", [$result, bytes_of('var/a'), local_bytes('var/a'), end($calls), claims()]);
    show('no generation', [result($handler->processCache(failing(1), false)), bytes_of('var/a'), claims()]);
    Calls::taken();
}
?>
--EXPECT--
with local copy: ['new content', 'new with', 'new with', ['generate', 'var/a.generating', 'extra'], []]
no generation: ['failure 2', 'new with', []]
without local copy: ['new content', 'new without', 'new without', ['generate', 'var/a.generating', 'extra'], []]
no generation: ['failure 2', 'new without', []]
