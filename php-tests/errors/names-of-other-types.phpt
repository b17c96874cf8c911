--TEST--
Numbers and objects with __toString are names, as PHP converts them
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Name
{
    public function __toString(): string
    {
        return 'var//object';
    }
}
$handler = new eZDBFileHandler();
$handler->fileStoreContents(12, 'twelve');
$handler->fileStoreContents(new Name(), 'of an object');
show('live', live());
show('read', [$handler->fileFetchContents(12), $handler->fileFetchContents('12'), $handler->fileFetchContents(new Name()), $handler->fileExists(12)]);
show('object', [(new eZDBFileHandler('12'))->fetchContents()]);
$handler->fileDelete('var', new class() {
    public function __toString(): string
    {
        return 'obj';
    }
});
show('expired', expired());
?>
--EXPECT--
live: ['12', 'var/object']
read: ['twelve', 'twelve', 'of an object', true]
object: ['twelve']
expired: ['var/object']
