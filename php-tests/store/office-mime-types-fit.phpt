--TEST--
Registered MIME types of 71 characters are kept whole by the tables of ezdbfile_install()
--SKIPIF--
<?php
if (!str_ends_with((string)getenv('EZDB_TEST_TABLES'), 'install')) die('skip for the tables of ezdbfile_install()');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$type = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
$handler = new eZDBFileHandler('var/slides.pptx');
$handler->storeContents('x', 'binaryfile', $type);
show('length', strlen($type));
show('kept', [entry('var/slides.pptx')['datatype'] === $type, $handler->dataType() === $type]);
?>
--EXPECT--
length: 73
kept: [true, true]
