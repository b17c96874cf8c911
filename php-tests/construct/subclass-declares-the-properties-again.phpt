--TEST--
A subclass may declare the public properties again, as handlers written in PHP do
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Again extends eZDBFileHandler
{
    public $filePath = null;
    public $realFilePath = null;
    public $metaData = null;
    public $cacheType = null;
}
put('var/cache/content/a', 'abc', mtime: 1000);
$handler = new Again('var//cache/content/a');
show('read', [$handler->filePath, $handler->realFilePath, $handler->size(), $handler->mtime(), $handler->fetchContents(), $handler->exists()]);
show('metadata', $handler->metaData['size'] ?? null);
$handler->storeContents('abcdef');
show('stored', [$handler->size(), bytes_of('var/cache/content/a')]);
?>
--EXPECT--
read: ['var/cache/content/a', null, 3, 1000, 'abc', true]
metadata: 3
stored: [6, 'abcdef']
