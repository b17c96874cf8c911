--TEST--
The kernel's two interfaces are there, the handler implements them, and so can a class without types
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['eZClusterFileHandlerInterface', 'ezpDatabaseBasedClusterFileHandler'] as $interface) {
    show($interface, [interface_exists($interface, false), is_subclass_of('eZDBFileHandler', $interface)]);
}
show('object', new eZDBFileHandler() instanceof eZClusterFileHandlerInterface);
$methods = '';
foreach (get_class_methods('eZClusterFileHandlerInterface') as $name) {
    $method = new ReflectionMethod('eZClusterFileHandlerInterface', $name);
    $parameters = array_map(static fn ($parameter) => '$' . $parameter->getName() . ($parameter->isOptional() ? ' = false' : ''), $method->getParameters());
    $methods .= 'public ' . ($method->isStatic() ? 'static ' : '') . "function $name(" . implode(', ', $parameters) . ") {}\n";
}
eval("class ForFiles implements eZClusterFileHandlerInterface { $methods }");
show('a class of PHP', new ForFiles() instanceof eZClusterFileHandlerInterface);
?>
--EXPECT--
eZClusterFileHandlerInterface: [true, true]
ezpDatabaseBasedClusterFileHandler: [true, true]
object: true
a class of PHP: true
