<?php
/* Debug lines that are only wanted when their condition is on. */
class eZDebugSetting
{
    public static function isConditionTrue($conditionName, $messageType)
    {
        return in_array($conditionName, KernelStandIn::$conditions, true);
    }

    public static function writeDebug($conditionName, $string, $label = '', $backgroundClass = '')
    {
        KernelStandIn::$debug[] = func_get_args();
        if (self::isConditionTrue($conditionName, eZDebug::LEVEL_DEBUG)) {
            eZDebug::writeDebug($string, $label, $backgroundClass);
        }
    }
}
