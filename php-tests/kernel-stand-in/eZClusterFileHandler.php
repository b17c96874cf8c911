<?php
/* Where the kernel takes its handler objects from: the class that file.ini names, one shared object for no file. */
class eZClusterFileHandler
{
    private static ?eZClusterFileHandlerInterface $shared = null;

    /** @return eZClusterFileHandlerInterface */
    public static function instance($filename = false)
    {
        return $filename === false ? self::$shared ??= self::make() : self::make($filename);
    }

    private static function make(...$arguments): eZClusterFileHandlerInterface
    {
        $name = eZINI::instance('file.ini')->variable('ClusteringSettings', 'FileHandler');
        if (!class_exists($name)) {
            throw new RuntimeException("there is no cluster file handler $name");
        }
        return (new ReflectionClass($name))->newInstanceArgs($arguments);
    }

    /** Before the kernel forks. */
    public static function preFork()
    {
        if (self::$shared instanceof ezpDatabaseBasedClusterFileHandler) {
            self::$shared->disconnect();
            self::$shared = null;
        }
    }
}
