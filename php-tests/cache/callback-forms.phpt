--TEST--
Callbacks in every form of PHP, with fewer or more parameters than they are given
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
function retrieve_by_name($path, $mtime, $extra)
{
    return "function $path " . is_int($mtime) . " $extra";
}
function generate_by_name($path, $extra)
{
    return ['content' => "function $path $extra", 'binarydata' => 'x'];
}
final class Callbacks
{
    public function retrieve($path)
    {
        return "method $path";
    }

    public function generate()
    {
        return ['content' => 'method of no parameters', 'binarydata' => 'x'];
    }

    public static function retrieveStatically($path, $mtime)
    {
        return "static $path " . is_int($mtime);
    }

    public static function generateStatically($path)
    {
        return ['content' => "static $path", 'binarydata' => 'x'];
    }

    public function __invoke($path, $second, $third = 'default', $fourth = 'default')
    {
        $second = is_int($second) ? 'mtime' : $second;
        return ['content' => "invoked $path $second $third $fourth", 'binarydata' => 'x'];
    }

    public function __call($name, $arguments)
    {
        return ['content' => "$name $arguments[0]", 'binarydata' => 'x'];
    }
}
$object = new Callbacks();
$pairs = [
    'names' => ['retrieve_by_name', 'generate_by_name'],
    'methods' => [[$object, 'retrieve'], [$object, 'generate']],
    'static methods' => [['Callbacks', 'retrieveStatically'], ['Callbacks', 'generateStatically']],
    'static methods by name' => ['Callbacks::retrieveStatically', 'Callbacks::generateStatically'],
    'invokable' => [$object, $object],
    'magic' => [[$object, 'anything'], [$object, 'something']],
    'closures' => [function () {
        return func_num_args();
    }, function () {
        return ['content' => func_num_args(), 'binarydata' => 'x'];
    }],
    'arrow functions' => [fn ($path) => $path, fn ($path) => $path],
    'first-class callables' => [$object->retrieve(...), Callbacks::generateStatically(...)],
    'of functions' => [retrieve_by_name(...), generate_by_name(...)],
    'any number' => [fn (...$all) => count($all), fn (...$all) => ['content' => count($all), 'binarydata' => 'x']],
    'by reference' => [function (&$path, &$mtime) {
        $path = $mtime = 'changed';
        return 'references';
    }, function (&$path) {
        $path = 'changed';
        return 'references';
    }],
];
foreach ($pairs as $label => [$retrieve, $generate]) {
    $path = "var/$label";
    $results = [
        (new eZDBFileHandler($path))->processCache($retrieve, $generate, null, null, 'extra'),
        (new eZDBFileHandler($path))->processCache($retrieve, $generate, null, null, 'extra'),
        (new eZDBFileHandler($path))->processFile($retrieve, false, 'extra'),
    ];
    warnings(); // PHP's own about references
    show($label, [is_array($results[0]) ? $results[0]['content'] : $results[0], is_array($results[1]) ? $results[1]['content'] : $results[1], $results[1] === $results[2]]);
}
show('rows', [count(live()), claims(), faults()]);
?>
--EXPECT--
names: ['function var/names.generating extra', 'function var/names 1 extra', true]
methods: ['method of no parameters', 'method var/methods', true]
static methods: ['static var/static methods.generating', 'static var/static methods 1', true]
static methods by name: ['static var/static methods by name.generating', 'static var/static methods by name 1', true]
invokable: ['invoked var/invokable.generating extra default default', 'invoked var/invokable mtime extra default', true]
magic: ['something var/magic.generating', 'anything var/magic', true]
closures: [2, 3, true]
arrow functions: ['var/arrow functions.generating', 'var/arrow functions', true]
first-class callables: ['static var/first-class callables.generating', 'method var/first-class callables', true]
of functions: ['function var/of functions.generating extra', 'function var/of functions 1 extra', true]
any number: [2, 3, true]
by reference: ['references', 'references', true]
rows: [12, [], []]
