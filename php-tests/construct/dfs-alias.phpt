--TEST--
After the first construction the object counts as eZDFSFileHandler too
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
show('before', class_exists('eZDFSFileHandler', false));
$handler = new eZDBFileHandler('var/a.txt');
show('after', [class_exists('eZDFSFileHandler', false), $handler instanceof eZDFSFileHandler]);
class Sub extends eZDBFileHandler
{
}
show('subclass', new Sub() instanceof eZDFSFileHandler);
show('again', new eZDBFileHandler() instanceof eZDFSFileHandler);
?>
--EXPECT--
before: false
after: [true, true]
subclass: true
again: true
