--TEST--
cleanPath() and isFileExpired() can be called on the class and on an object
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class Sub extends eZDBFileHandler
{
}
$handler = new eZDBFileHandler();
show('cleanPath', [eZDBFileHandler::cleanPath('a//b'), $handler->cleanPath('a//b'), Sub::cleanPath('a//b'), call_user_func([$handler, 'cleanPath'], 'a//b'),
    call_user_func('eZDBFileHandler::cleanPath', 'a//b')]);
show('isFileExpired', [eZDBFileHandler::isFileExpired('a', 5, 6, 10, null), $handler->isFileExpired('a', 5, 4, 10, null)]);
?>
--EXPECT--
cleanPath: ['a/b', 'a/b', 'a/b', 'a/b', 'a/b']
isFileExpired: [true, false]
