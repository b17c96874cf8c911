--TEST--
Objects can be cloned and compared; a clone goes its own way
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Tagged extends eZDBFileHandler
{
    public $tags = ['one'];
}
put('var/a.txt', 'abc');
put('var/b.txt', 'of b');
$handler = new Tagged('var/a.txt');
$handler->size();
$copy = clone $handler;
show('class', get_class($copy));
show('equal, not identical', [$copy == $handler, $copy === $handler]);
$copy->filePath = 'var/b.txt';
$copy->tags[] = 'two';
show('original', [$handler->filePath, $handler->tags, $handler->fetchContents()]);
show('clone', [$copy->filePath, $copy->tags, $copy->fetchContents()]);
show('different', $copy == $handler);
unset($handler);
show('clone outlives it', [$copy->exists(), $copy->fetch(), local_bytes('var/b.txt')]);
show('two of one path', new eZDBFileHandler('var/a.txt') == new eZDBFileHandler('var/a.txt'));
show('two paths', new eZDBFileHandler('var/a.txt') == new eZDBFileHandler('var/b.txt'));
?>
--EXPECT--
class: 'Tagged'
equal, not identical: [true, false]
original: ['var/a.txt', ['one'], 'abc']
clone: ['var/b.txt', ['one', 'two'], 'of b']
different: false
clone outlives it: [true, 'var/b.txt', 'of b']
two of one path: true
two paths: false
