--TEST--
An expression that the server does not take gives false with a warning and touches nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('d/a(b', 'x');
put('d/ab', 'x');
$handler = new eZDBFileHandler();
foreach (['a(b', 'a[b', '*', 'a{2,1}'] as $regex) {
    refused($regex, static fn () => $handler->fileDeleteByRegex('d', $regex), '', '/regex/i');
}
show('live', live());
thrown('eZDBFile', static fn () => eZDBFile::deleteRegex('d/a(b'), eZDBFileException::class, '/regex/i');
show('live', [live(), unlocked()]);
show('good one', [$handler->fileDeleteByRegex('d', 'a\(b'), expired()]);
?>
--EXPECT--
a(b: refused
a[b: refused
*: refused
a{2,1}: refused
live: ['d/a(b', 'd/ab']
eZDBFile: eZDBFileException
live: [['d/a(b', 'd/ab'], true]
good one: [true, ['d/a(b']]
