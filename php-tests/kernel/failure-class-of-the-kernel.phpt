--TEST--
The failure object is of the kernel's class, where that can be loaded
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
kernel();
$failure = (new eZDBFileHandler('var/a'))->processCache(retrieve(), false);
$class = new ReflectionClass($failure);
show('class', [$class->getName(), $class->isInternal(), in_array('eZClusterFileFailure', KernelStandIn::$loaded, true)]);
show('failure', [$failure->errno(), is_string($failure->message()), $failure->errno() === eZClusterFileFailure::FILE_CONTENT_GENERATE]);
put_fresh('var/b', 'b');
class MoreSpecial extends eZClusterFileFailure
{
}
show('of a subclass', (new eZDBFileHandler('var/b'))->processCache(static fn () => new MoreSpecial(eZClusterFileFailure::FILE_EXPIRED), generate('made')));
show('said', KernelStandIn::said());
?>
--EXPECT--
class: ['eZClusterFileFailure', false, true]
failure: [2, true, true]
of a subclass: 'made'
said: []
