--TEST--
Of several wrong arguments of fileDeleteByDirList() the first one is told, and PHP code in them runs in their order
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
final class Says
{
    public function __construct(private readonly string $text)
    {
    }

    public function __toString(): string
    {
        echo "[$this->text]";
        return $this->text;
    }
}
put('var/cache/a/1-x', 'deleted');
put('var/cache/b/1-x', 'deleted');
put('var/cache/c/1-x', 'kept');
$handler = new eZDBFileHandler();
foreach ([[[['x']], '', ''], [[['x']], [], []], [['a'], '', ''], [['a'], [], '']] as $arguments) {
    try {
        show('answer', $handler->fileDeleteByDirList(...$arguments));
    } catch (TypeError $e) {
        echo $e->getMessage(), "\n";
    }
}
show('warnings', warnings());
show('deleted', $handler->fileDeleteByDirList([new Says('a'), 'b'], new Says('var/cache'), new Says('1-')));
show('live', live());
?>
--EXPECT--
eZDBFileHandler::fileDeleteByDirList(): Argument #1 ($dirList) must be of type array of strings, array given
eZDBFileHandler::fileDeleteByDirList(): Argument #1 ($dirList) must be of type array of strings, array given
answer: false
eZDBFileHandler::fileDeleteByDirList(): Argument #2 ($commonPath) must be of type string, array given
warnings: ['eZDBFileHandler::fileDeleteByDirList(): the path is empty; nothing was done']
[a][var/cache][1-]deleted: true
live: ['var/cache/c/1-x']
