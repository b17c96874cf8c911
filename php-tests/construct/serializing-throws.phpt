--TEST--
Objects cannot be serialized or unserialized
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Stored extends eZDBFileHandler
{
}
foreach ([new eZDBFileHandler('var/a.txt'), new Stored()] as $handler) {
    thrown('serialize ' . get_class($handler), static fn () => serialize($handler), Exception::class);
    thrown('in an array', static fn () => serialize([$handler]), Exception::class);
}
foreach (['O:15:"eZDBFileHandler":0:{}', 'O:15:"eZDBFileHandler":1:{s:8:"filePath";s:3:"a/b";}'] as $text) {
    try {
        show('unserialize', unserialize($text));
    } catch (Exception) {
        echo "unserialize: false\n";
    }
}
warnings();
?>
--EXPECT--
serialize eZDBFileHandler: Exception
in an array: Exception
serialize Stored: Exception
in an array: Exception
unserialize: false
unserialize: false
