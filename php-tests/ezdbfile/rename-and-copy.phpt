--TEST--
rename() and copy() work inside the database and replace what is there
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', ['one', 'two'], 'image', 'image/png', 1000);
put('var/old', ['much', 'older', 'one'], 'x', 'x/y', 2000);
put('var/dead', 'x', mtime: -5);
$data = data_rows('var/a');
show('rename', [eZDBFile::rename('var/a', 'var/b'), entry('var/b'), entry('var/a')]);
show('data rows', $data === data_rows('var/b'));
show('rename over', [eZDBFile::rename('var/b', 'var/old'), bytes_of('var/old'), entry('var/old')['datatype'], faults()]);
show('copy', [eZDBFile::copy('var/old', 'var/c'), bytes_of('var/c'), entry('var/c') === entry('var/old')]);
show('copy over expired', [eZDBFile::copy('var/old', 'var/dead'), eZDBFile::fetchFile('var/dead')]);
show('onto itself', [eZDBFile::rename('var/c', 'var/c'), eZDBFile::copy('var/c', 'var/c'), bytes_of('var/c')]);
show('missing', [eZDBFile::rename('var/none', 'var/c'), eZDBFile::copy('var/none', 'var/c'), bytes_of('var/c')]);
show('names', [live(), expired(), faults()]);
?>
--EXPECT--
rename: [true, ['datatype' => 'image/png', 'scope' => 'image', 'size' => 6, 'mtime' => 1000], null]
data rows: true
rename over: [true, 'onetwo', 'image/png', []]
copy: [true, 'onetwo', true]
copy over expired: [true, 'onetwo']
onto itself: [true, true, 'onetwo']
missing: [false, false, 'onetwo']
names: [['var/c', 'var/dead', 'var/old'], [], []]
