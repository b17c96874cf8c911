--TEST--
Content without bytes is stored as PHP code that gives it back, on any node
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
class Stateful
{
    public $a;
    protected $b = 2;

    public static function __set_state(array $state)
    {
        $object = new self();
        $object->a = $state['a'];
        $object->b = $state['b'];
        return $object;
    }
}
$object = new Stateful();
$object->a = ['deep' => "it's \\ \0 ?> <?php"];
$values = [
    'string' => 'plain', 'empty' => '', 'quotes' => "it's \"quoted\" \\ \\' \$x {\$y}", 'tags' => "<?php ?>\n?> <?= 1 ?>", 'bytes' => "\0\1\xff\xc3", 'lines' => "a\r\nb\rc\n",
    'all bytes' => implode('', array_map('chr', range(0, 255))), 'zero' => '0', 'int' => 7, 'negative' => -7, 'smallest' => PHP_INT_MIN, 'largest' => PHP_INT_MAX, 'float' => 0.1 + 0.2,
    'whole float' => 3.0, 'huge' => 1e300, 'infinite' => -INF, 'true' => true, 'false' => false, 'list' => [1, [2, [3, null]], 'x'], 'empty list' => [],
    'map' => ['a' => null, 'b' => false, 5 => 'five', '' => 'empty', "k'\0" => "v'"], 'object' => $object, 'plain object' => (object)['a' => 1],
];
$include = static fn ($path) => include $path;
foreach ($values as $label => $value) {
    $path = "var/$label.php";
    $returned = (new eZDBFileHandler($path))->processCache($include, generate(['content' => $value]));
    $local = include $path;
    @unlink($path);
    $fetched = (new eZDBFileHandler($path))->processCache($include, never());
    $same = is_object($value) ? $value == $local && $value == $fetched && $value === $returned : [$value, $value, $value] === [$returned, $local, $fetched];
    if (!$same || !str_starts_with(bytes_of($path), '<?php') || !str_ends_with(rtrim(bytes_of($path)), '?>')) {
        show($label, [$value, $returned, $local, $fetched, bytes_of($path)]);
    }
}
show('done', [count(live()), claims(), faults(), Calls::$list[0]]);
?>
--EXPECT--
done: [23, [], [], ['generate', 'var/string.php.generating']]
