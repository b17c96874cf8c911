--TEST--
What settings, autoloaders and debug conditions throw goes through to the caller, and nothing is left over
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
final class Thrown extends Exception
{
}
$code = '
    class Thrown extends Exception {}
    %s
    foreach ([fn () => (new eZDBFileHandler("var/a"))->processCache(null, fn () => "made"), fn () => (new eZDBFileHandler("var/a"))->fetch()] as $call) {
        try {
            $call();
            tell("not thrown");
        } catch (Thrown $e) {
            tell("thrown");
        }
    }
    %s
    tell((new eZDBFileHandler("var/b"))->processCache(null, fn () => "made"));
';
$kinds = [
    'settings' => ['class eZINI { static $throw = true; static function instance($file = "site.ini") { if (self::$throw) { throw new Thrown("x"); } return new self; } function hasVariable($g, $v) { return false; } function hasGroup($g) { return false; } function variable($g, $v) { return false; } }', 'eZINI::$throw = false;'],
    'a variable' => ['class eZINI { static $throw = true; static function instance($file = "site.ini") { return new self; } function hasVariable($g, $v) { if (self::$throw) { throw new Thrown("x"); } return false; } function hasGroup($g) { return $this->hasVariable($g, ""); } function variable($g, $v) { return false; } }', 'eZINI::$throw = false;'],
    'autoloader' => ['$throw = true; spl_autoload_register(function ($class) use (&$throw) { if ($throw && $class === "eZINI") { throw new Thrown("x"); } });', '$throw = false;'],
];
// The kernel's own exception is for a database that is not there.
$kinds['settings of a kernel'] = ['class eZClusterHandlerDBNoConnectionException extends Exception {} ' . $kinds['settings'][0], $kinds['settings'][1]];
foreach ($kinds as $label => [$before, $after]) {
    $process = Process::start(sprintf($code, $before, $after));
    show($label, [$process->hear(), $process->hear(), $process->hear(), $process->finish(), bytes_of('var/b'), claims()]);
    (new eZDBFileHandler('var/b'))->purge(false, false, false, time() + 1000);
}
?>
--EXPECT--
settings: ['thrown', 'thrown', 'made', '', 'made', []]
a variable: ['thrown', 'thrown', 'made', '', 'made', []]
autoloader: ['thrown', 'thrown', 'made', '', 'made', []]
settings of a kernel: ['thrown', 'thrown', 'made', '', 'made', []]
