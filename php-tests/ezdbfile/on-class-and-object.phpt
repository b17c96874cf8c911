--TEST--
The methods of eZDBFile can be called on an object and in a subclass too
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Own extends eZDBFile
{
    public static function shout(string $name): string
    {
        return strtoupper(static::fetchFile($name));
    }
}
$file = new eZDBFile();
show('object', [$file->storeContentToFile('var/a', 'abc', 'test'), $file->fetchFile('var/a'), $file->fileExists('var/a'), $file->delete('var/a'), $file->fileExists('var/a')]);
show('class', [eZDBFile::storeContentToFile('var/a', 'abc', 'test'), eZDBFile::fetchFile('var/a')]);
show('subclass', [Own::shout('var/a'), (new Own())->fetchFile('var/a')]);
show('callable', call_user_func(['eZDBFile', 'fetchFile'], 'var/a'));
?>
--EXPECT--
object: [true, 'abc', true, true, false]
class: [true, 'abc']
subclass: ['ABC', 'abc']
callable: 'abc'
