--TEST--
Storing without a path stores nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach ([false, '', '/'] as $path) {
    refused('storeContents ' . dump($path), static fn () => (new eZDBFileHandler($path))->storeContents('x', 'test', 'misc', true), '');
    refused('fileStoreContents ' . dump($path), static fn () => (new eZDBFileHandler())->fileStoreContents($path, 'x'), '');
    refused('fileStore ' . dump($path), static fn () => (new eZDBFileHandler())->fileStore($path), '');
}
show('rows', value('SELECT COUNT(*) FROM ezdbfile'));
show('local', tree());
?>
--EXPECT--
storeContents false: refused
fileStoreContents false: refused
fileStore false: refused
storeContents '': refused
fileStoreContents '': refused
fileStore '': refused
storeContents '/': refused
fileStoreContents '/': refused
fileStore '/': refused
rows: 0
local: []
