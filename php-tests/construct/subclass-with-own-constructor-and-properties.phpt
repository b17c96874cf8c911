--TEST--
A subclass keeps its class, constructor, properties of any type and methods
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Site_Handler extends eZDBFileHandler
{
    public $notes = [];
    private ?Closure $job = null;
    public static $made = 0;

    public function __construct($path, $note)
    {
        self::$made++;
        $this->notes[] = $note;
        $this->job = fn () => $this->notes[0];
        parent::__construct("var/$path");
    }

    public function note()
    {
        return ($this->job)();
    }
}
put('var/a.txt', 'abc');
$handler = new Site_Handler('a.txt', "bytes \xff");
show('class', [get_class($handler), $handler instanceof eZDBFileHandler]);
show('path', $handler->filePath);
show('property', $handler->notes);
show('method', $handler->note());
show('contents', $handler->fetchContents());
$handler->dynamic = "\xfe\x00";
show('dynamic', $handler->dynamic);
show('deprecated since 8.2 only', count(warnings()) <= 1);
show('made', Site_Handler::$made);
// PHP does not look for circles at the end of a request; valgrind finds them.
$handler = null;
gc_collect_cycles();
?>
--EXPECT--
class: ['Site_Handler', true]
path: 'var/a.txt'
property: ['bytes \xff']
method: 'bytes \xff'
contents: 'abc'
dynamic: '\xfe\x00'
deprecated since 8.2 only: true
made: 1
