--TEST--
A new object has its cleaned path, no real path, and metadata that is false or the row
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'abc', 'image', 'text/x-a', 1234567890);
$handler = new eZDBFileHandler();
show('without a path', [$handler->filePath, $handler->realFilePath, $handler->metaData, $handler->name()]);
$handler = (new ReflectionClass('eZDBFileHandler'))->newInstance('var//missing.txt');
show('missing', [$handler->filePath, $handler->realFilePath, $handler->metaData]);
$handler = (new ReflectionClass('eZDBFileHandler'))->newInstanceArgs(['var/a.txt']);
$data = $handler->metaData;
$of_layout = by_hash() ? ['name_trunk' => 'var/a.txt', 'expired' => 0] : ['id' => id_of('var/a.txt')];
show('of the layout', array_intersect_key($data, $of_layout) === $of_layout);
$data = array_diff_key($data, $of_layout);
ksort($data);
show('there', $data);
show('isset', [isset($handler->metaData), isset($handler->metaData['mtime']), isset($handler->metaData['nothing']), empty($handler->metaData)]);
show('isset of a missing file', [isset((new eZDBFileHandler('var/missing.txt'))->metaData['mtime']), empty((new eZDBFileHandler('var/missing.txt'))->metaData)]);
?>
--EXPECT--
without a path: [false, null, false, false]
missing: ['var/missing.txt', null, false]
of the layout: true
there: ['datatype' => 'text/x-a', 'mtime' => 1234567890, 'name' => 'var/a.txt', 'name_hash' => '962369079c3bb6906c6e010629d0b1b7', 'scope' => 'image', 'size' => 3]
isset: [true, true, false, false]
isset of a missing file: [false, true]
