--TEST--
A class eZDFSFileHandler that is there already stays what it is
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class eZDFSFileHandler
{
}
$handler = new eZDBFileHandler('var/a.txt');
show('instance of it', $handler instanceof eZDFSFileHandler);
show('parent', get_parent_class('eZDFSFileHandler'));
?>
--EXPECT--
instance of it: false
parent: false
