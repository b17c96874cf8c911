<?php
/* Writes down what it is told. */
class eZDebug
{
    const LEVEL_NOTICE = 1;
    const LEVEL_WARNING = 2;
    const LEVEL_ERROR = 3;
    const LEVEL_TIMING_POINT = 4;
    const LEVEL_DEBUG = 5;
    const LEVEL_STRICT = 6;

    public static function isDebugEnabled()
    {
        return KernelStandIn::$debugEnabled;
    }

    public static function writeError($string, $label = '', $backgroundClass = '')
    {
        KernelStandIn::$messages[] = ['error', $label, $string];
    }

    public static function writeWarning($string, $label = '', $backgroundClass = '')
    {
        KernelStandIn::$messages[] = ['warning', $label, $string];
    }

    public static function writeNotice($string, $label = '', $backgroundClass = '')
    {
        KernelStandIn::$messages[] = ['notice', $label, $string];
    }

    public static function writeDebug($string, $label = '', $backgroundClass = '')
    {
        KernelStandIn::$messages[] = ['debug', $label, $string];
    }

    public static function accumulatorStart($key, $inGroup = false, $name = false, $recursive = false)
    {
        KernelStandIn::$accumulators[] = ['start', ...func_get_args()];
    }

    public static function accumulatorStop($key, $recursive = false)
    {
        KernelStandIn::$accumulators[] = ['stop', ...func_get_args()];
    }
}
