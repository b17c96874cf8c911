--TEST--
All objects of a path share its metadata until it is forgotten
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'abc', mtime: 1000);
$one = new eZDBFileHandler('var/a.txt');
show('first', $one->mtime());
db()->query('UPDATE ezdbfile SET mtime = 2000');
$two = new eZDBFileHandler('var//a.txt');
show('another object', [$two->mtime(), $two->metaData['mtime'], $two->stat()['mtime'], $two->size(), $two->dataType()]);
show('loadMetaData() keeps it', [$two->loadMetaData(), $two->mtime()][1]);
$two->loadMetaData(true);
show('loadMetaData(true) asks again', $two->mtime());
show('for the others too', $one->mtime());
db()->query('UPDATE ezdbfile SET mtime = 3000');
$one->metaData = null;
show('null forgets', $one->mtime());
show('for a new object too', (new eZDBFileHandler('var/a.txt'))->mtime());
show('for the other object too', $two->mtime());
foreach ([false, [], 5, ['size' => 1]] as $value) {
    thrown('assigning ' . dump($value), static fn () => $one->metaData = $value, Error::class);
}
show('still', $one->mtime());
?>
--EXPECT--
first: 1000
another object: [1000, 1000, 1000, 3, 'text/plain']
loadMetaData() keeps it: 1000
loadMetaData(true) asks again: 2000
for the others too: 2000
null forgets: 3000
for a new object too: 3000
for the other object too: 3000
assigning false: Error
assigning []: Error
assigning 5: Error
assigning ['size' => 1]: Error
still: 3000
