--TEST--
Copying or moving a file onto itself changes nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', ['abc', 'def'], 'image', 'image/png', 1000);
$handler = new eZDBFileHandler('var/a');
show('returned', [$handler->fileMove('var/a', 'var/a'), $handler->fileMove('var//a', 'var/a/'), $handler->move('var/a'), $handler->fileCopy('var/a', 'var/a'), $handler->fileLinkCopy('var/a', 'var/a', true)]);
show('unchanged', [$handler->fetchContents(), entry('var/a') === ['datatype' => 'image/png', 'scope' => 'image', 'size' => 6, 'mtime' => 1000], faults()]);
show('same rows after moves', [$handler->move('var/a'), value('SELECT COUNT(*) FROM ezdbfile')]);
?>
--EXPECT--
returned: [true, true, true, true, true]
unchanged: ['abcdef', true, []]
same rows after moves: [true, 1]
