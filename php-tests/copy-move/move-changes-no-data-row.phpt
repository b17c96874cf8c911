--TEST--
fileMove() and move() rename the file: same data rows, nothing left under the old name
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 3]);
put('var/a', ['abc', 'def'], 'image', 'image/png', 1234567890);
$handler = new eZDBFileHandler('var/b');
$data = static fn () => data_rows();
$before = $data();
show('fileMove', [$handler->fileMove('var/a', 'var/b'), live()]);
show('data rows', [$before === $data()]);
show('row', [entry('var/b'), rows('SELECT name_hash FROM ezdbfile') === [['name_hash' => md5('var/b')]]]);
show('found', [$handler->exists(), $handler->fetchContents(), $handler->fileExists('var/a')]);
show('move', [$handler->move('var/c'), live(), $before === $data()]);
show('object', [$handler->filePath, $handler->exists(), $handler->metaData]);
show('read back', $handler->fileFetchContents('var/c'));
show('faults', faults());
?>
--EXPECT--
fileMove: [true, ['var/b']]
data rows: [true]
row: [['datatype' => 'image/png', 'scope' => 'image', 'size' => 6, 'mtime' => 1234567890], true]
found: [true, 'abcdef', false]
move: [true, ['var/c'], true]
object: ['var/b', false, false]
read back: 'abcdef'
faults: []
