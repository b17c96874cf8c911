--TEST--
A claim ends when debug code of the kernel throws between the grant and the callback
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
class eZDebugSetting
{
    public static string $at = '';

    public static function isConditionTrue($condition, $type) { return true; }

    public static function writeDebug($condition, $text, $label = '')
    {
        if (self::$at !== '' && str_contains($text, self::$at)) {
            throw new RuntimeException("at $text");
        }
    }
}
foreach (['callback' => generate('made'), 'caller' => null] as $who => $generator) {
    eZDebugSetting::$at = 'Claimed';
    $handler = new eZDBFileHandler("var/$who");
    thrown($who, static fn () => $handler->processCache(retrieve(), $generator), RuntimeException::class, '/Claimed/');
    show('free', [state($handler), claims(), unlocked(), live()]);
    eZDebugSetting::$at = '';
    show('then', [result($handler->processCache(retrieve(), generate('made'))), bytes_of("var/$who"), claims()]);
}
?>
--EXPECT--
callback: RuntimeException
free: [['var/callback', null], [], true, []]
then: [''made'', 'made', []]
caller: RuntimeException
free: [['var/caller', null], [], true, ['var/callback']]
then: [''made'', 'made', []]
