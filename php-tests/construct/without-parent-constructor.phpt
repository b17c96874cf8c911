--TEST--
An object whose subclass never called the constructor is one without a path, not a crash
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Silent extends eZDBFileHandler
{
    public function __construct()
    {
    }
}
put('var/a.txt', 'abc');
foreach ([new Silent(), (new ReflectionClass('eZDBFileHandler'))->newInstanceWithoutConstructor()] as $handler) {
    show(get_class($handler), [$handler->fileExists('var/a.txt'), $handler->fileFetchContents('var/a.txt'), $handler->size()]);
    refused('fetchContents', static fn () => $handler->fetchContents(), '');
    $handler->filePath = 'var/a.txt';
    show('with a path', $handler->fetchContents());
}
?>
--EXPECT--
Silent: [true, 'abc', null]
fetchContents: refused
with a path: 'abc'
eZDBFileHandler: [true, 'abc', null]
fetchContents: refused
with a path: 'abc'
