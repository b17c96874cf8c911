--TEST--
Callbacks, methods of subclasses and settings that return by reference mean what they refer to
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['text' => 'text', 'null' => null, 'true' => true, 'array' => ['content' => 'c', 'binarydata' => 'bytes']] as $label => $made) {
    $path = "var/$label";
    $result = (new eZDBFileHandler($path))->processCache(null, static function &() use (&$made) {
        return $made;
    });
    show($label, [$result, bytes_of($path), count(warnings()), claims()]);
}
class ByReference extends eZDBFileHandler
{
    public bool $kept = false;

    public function &startCacheGeneration()
    {
        $this->kept = parent::startCacheGeneration();
        return $this->kept;
    }

    public function &endCacheGeneration($rename = true)
    {
        $this->kept = parent::endCacheGeneration($rename);
        return $this->kept;
    }
}
$handler = new ByReference('var/sub');
show('a subclass', [$handler->processCache(retrieve(), generate('made')), bytes_of('var/sub'), local_bytes('var/sub'), claims(), Calls::taken()]);
show('the value of a reference', (static function () {
    $value = (new eZDBFileHandler('var/got'))->processCache(static function &($path) {
        static $got = 'got';
        return $got;
    }, generate('made'));
    $copy = $value;
    $copy .= ' and changed';
    return [$value, $copy];
})());
show('faults', faults());
?>
--EXPECT--
text: ['text', 'text', 0, []]
null: [null, null, 1, []]
true: [null, null, 1, []]
array: ['c', 'bytes', 0, []]
a subclass: ['made', 'made', 'made', [], [['generate', 'var/sub.generating']]]
the value of a reference: ['made', 'made and changed']
faults: []
