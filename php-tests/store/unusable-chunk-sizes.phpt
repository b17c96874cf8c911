--TEST--
A chunk size that makes no sense is refused with its name and value; one byte is a size
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['0', '-5', 'many', '1.5'] as $size) {
    ini_set('ezdbfile.chunk_size', $size);
    thrown(dump($size), static fn () => (new eZDBFileHandler('var/a'))->storeContents('x'), eZDBFileException::class, '/chunk_size.*"' . preg_quote($size) . '"/');
}
ini_set('ezdbfile.chunk_size', '1');
$bytes = bytes(300);
$handler = new eZDBFileHandler('var/a');
show('one byte', [$handler->storeContents($bytes), $handler->fetchContents() === $bytes, chunk_count()]);
?>
--EXPECT--
'0': eZDBFileException
'-5': eZDBFileException
'many': eZDBFileException
'1.5': eZDBFileException
one byte: [true, true, 300]
