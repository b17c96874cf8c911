--TEST--
Contents that are no string are cast as PHP does; what cannot be cast is a TypeError and stores nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Text
{
    public function __toString(): string
    {
        return 'from __toString';
    }
}
$handler = new eZDBFileHandler();
foreach ([0, 12, -1, 1.5, 1e25, true, false, null, new Text()] as $value) {
    $returned = [$handler->fileStoreContents('var/a', $value), (new eZDBFileHandler('var/b'))->storeContents($value)];
    echo dump($value), ': ', dump([$returned, bytes_of('var/a'), bytes_of('var/b')]), "\n";
}
foreach ([['a'], new stdClass(), fopen('php://memory', 'r')] as $value) {
    thrown('contents ' . gettype($value), static fn () => $handler->fileStoreContents('var/c', $value), TypeError::class);
    thrown('contents ' . gettype($value), static fn () => (new eZDBFileHandler('var/c'))->storeContents($value), TypeError::class);
}
show('names', live());
show('unlocked', unlocked());
?>
--EXPECT--
0: [[true, true], '0', '0']
12: [[true, true], '12', '12']
-1: [[true, true], '-1', '-1']
1.5: [[true, true], '1.5', '1.5']
1.0E+25: [[true, true], '1.0E+25', '1.0E+25']
true: [[true, true], '1', '1']
false: [[true, true], '', '']
null: [[true, true], '', '']
Text: [[true, true], 'from __toString', 'from __toString']
contents array: TypeError
contents array: TypeError
contents object: TypeError
contents object: TypeError
contents resource: TypeError
contents resource: TypeError
names: ['var/a', 'var/b']
unlocked: true
