--TEST--
The callback can be a function name, a closure, a method or an object; false and null are none
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
function note_purged($path, $count)
{
    echo "function $path $count\n";
}
class Notes
{
    public static function taken($path, $count)
    {
        echo "static $path $count\n";
    }

    public function take($path)
    {
        echo "method $path\n";
    }

    public function __invoke($path, $count, $more = 'no more')
    {
        echo "invoke $path $count $more\n";
    }
}
foreach (['note_purged', 'Notes::taken', ['Notes', 'taken'], [new Notes(), 'take'], new Notes(), static fn () => print("closure\n"), false, null] as $callback) {
    put('var/a', 'x', mtime: -1000);
    (new eZDBFileHandler('var/a'))->purge($callback);
    show('left', expired());
}
?>
--EXPECT--
function var/a 1
left: []
static var/a 1
left: []
static var/a 1
left: []
method var/a
left: []
invoke var/a 1 no more
left: []
closure
left: []
left: []
left: []
