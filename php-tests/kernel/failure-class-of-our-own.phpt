--TEST--
Without the kernel the extension's own failure class goes by the kernel's name
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'old');
$handler = new eZDBFileHandler('var/a');
$result = $handler->processCache(static function () {
    return new eZClusterFileFailure(eZClusterFileFailure::FILE_EXPIRED, 'by the callback');
}, generate('made'));
show('in a callback', $result);
$failure = (new eZDBFileHandler('var/b'))->processCache(retrieve(), false);
show('class', [$failure instanceof eZClusterFileFailure, $failure instanceof eZDBFileFailure, get_class($failure), (new ReflectionClass('eZDBFileFailure'))->isInternal()]);
show('failure', [$failure->errno(), is_string($failure->message())]);
show('constants', (new ReflectionClass('eZClusterFileFailure'))->getConstants());
$own = new eZClusterFileFailure(7, 'the message');
show('own', [$own->errno(), $own->message(), (new eZClusterFileFailure(1))->errno(), (new eZDBFileFailure(3, 'x'))->message()]);
class MoreSpecial extends eZClusterFileFailure
{
}
show('of a subclass', $handler->processCache(static fn () => new MoreSpecial(1), generate('made again')));
show('with a kernel that lacks it', child(kernel_code([], ['eZClusterFileFailure']) . '
    echo (new eZDBFileHandler("var/c"))->processCache(null, false) instanceof eZDBFileFailure ? "own" : "?";
    echo " ", (new eZDBFileHandler("var/a"))->processCache(fn () => new eZClusterFileFailure(1), fn () => "made");'));
show('gone with the request', child('echo class_exists("eZClusterFileFailure") ? "there" : "not there"; new eZDBFileHandler(); ob_start(); (new eZDBFileHandler("var/c"))->processCache(null, false); ob_end_clean(); echo class_exists("eZClusterFileFailure") ? ", then there" : ", never there";'));
?>
--EXPECT--
in a callback: 'made'
class: [true, true, 'eZDBFileFailure', true]
failure: [2, true]
constants: ['FILE_EXPIRED' => 1, 'FILE_CONTENT_GENERATE' => 2, 'FILE_RETRIEVAL_FAILED' => 3]
own: [7, 'the message', 1, 'x']
of a subclass: 'made again'
with a kernel that lacks it: 'own made'
gone with the request: 'not there, then there'
