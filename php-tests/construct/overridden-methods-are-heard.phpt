--TEST--
A subclass that overrides loadMetaData() is asked by everything that needs metadata
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Loud extends eZDBFileHandler
{
    public int $loads = 0;

    public function loadMetaData($force = false)
    {
        $this->loads++;
        return parent::loadMetaData($force);
    }
}
put('var/a.txt', 'abc', mtime: 1000);
foreach (['size', 'mtime', 'dataType', 'stat'] as $method) {
    $handler = new Loud('var/a.txt');
    $handler->metaData = null;
    $value = $handler->$method();
    show($method, [is_array($value) ? $value['size'] : $value, $handler->loads > 0]);
}
$handler = new Loud('var/a.txt');
$handler->metaData = null;
show('metaData', [$handler->metaData['size'], $handler->loads > 0]);
show('isExpired', [$handler->isExpired(500, 2000, null), $handler->isExpired(1500, 2000, null)]);
?>
--EXPECT--
size: [3, true]
mtime: [1000, true]
dataType: ['text/plain', true]
stat: [3, true]
metaData: [3, true]
isExpired: [false, true]
