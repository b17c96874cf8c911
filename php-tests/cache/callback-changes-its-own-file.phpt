--TEST--
A callback may store, delete or purge the very file that it generates; its result counts
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
foreach ([
    'store' => static fn () => (new eZDBFileHandler('var/a'))->storeContents('stored inside', 'inside', 'inside'),
    'delete' => static fn () => (new eZDBFileHandler('var/a'))->delete(),
    'purge' => static fn () => [(new eZDBFileHandler('var/a'))->delete(), (new eZDBFileHandler('var/a'))->purge()][0],
    'delete local' => static fn () => (new eZDBFileHandler('var/a'))->deleteLocal(),
    'fetch' => static fn () => [(new eZDBFileHandler())->fileStoreContents('var/a', 'x'), (new eZDBFileHandler('var/a'))->fetch()][0],
    'move' => static fn () => [(new eZDBFileHandler())->fileStoreContents('var/a', 'x'), (new eZDBFileHandler('var/a'))->move('var/b')][1],
] as $label => $change) {
    $inside = null;
    $handler->delete();
    $handler->deleteLocal();
    $result = $handler->processCache(retrieve(), static function () use ($change, $label, &$inside) {
        $inside = $change();
        return ['binarydata' => "made by $label", 'scope' => 'outside', 'datatype' => 'outside'];
    });
    show($label, [$inside, $result, bytes_of('var/a'), entry('var/a')['scope'], entry('var/a')['mtime'] > 0, local_bytes('var/a'), claims(), state($handler)[1], (new eZDBFileHandler('var/a'))->processCache(retrieve(), never())]);
}
show('faults', faults());
?>
--EXPECT--
store: [true, 'made by store', 'made by store', 'outside', true, 'made by store', [], null, 'got made by store']
delete: [true, 'made by delete', 'made by delete', 'outside', true, 'made by delete', [], null, 'got made by delete']
purge: [true, 'made by purge', 'made by purge', 'outside', true, 'made by purge', [], null, 'got made by purge']
delete local: [true, 'made by delete local', 'made by delete local', 'outside', true, 'made by delete local', [], null, 'got made by delete local']
fetch: [true, 'made by fetch', 'made by fetch', 'outside', true, 'made by fetch', [], null, 'got made by fetch']
move: [true, 'made by move', 'made by move', 'outside', true, 'made by move', [], null, 'got made by move']
faults: []
