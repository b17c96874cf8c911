--TEST--
What eZDebug does when it is told goes: it may throw, and use the cluster
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'abc');
final class Trouble extends Exception
{
}
class eZDebug
{
    public static $do;

    public static function writeError($string, $label = '')
    {
        return (self::$do)($string, $label);
    }
}
$handler = new eZDBFileHandler('var/missing');
eZDebug::$do = static function ($string) {
    throw new Trouble($string);
};
thrown('thrown', static fn () => $handler->fetch(), Trouble::class, '/var\/missing/');
thrown('thrown', static fn () => $handler->processCache(null, static fn () => []), Trouble::class, '/var\/missing/');
show('no claim', [claims(), state($handler), unlocked()]);
eZDebug::$do = static function ($string, $label) {
    echo $label, ' ', (new eZDBFileHandler('var/a'))->fetchContents(), ' ', (new eZDBFileHandler('var/log'))->storeContents('logged') ? 'stored' : 'not stored', "\n";
};
show('uses the cluster', [$handler->fetch(), $handler->passthrough(), bytes_of('var/log')]);
show('no accumulators here', [$handler->exists(), (new eZDBFileHandler('var/a'))->size()]);
?>
--EXPECT--
thrown: Trouble
thrown: Trouble
no claim: [[], ['var/missing', null], true]
eZDBFileHandler::fetch abc stored
eZDBFileHandler::passthrough abc stored
uses the cluster: [false, false, 'logged']
no accumulators here: [false, 3]
