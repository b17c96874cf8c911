<?php
/*
 * What the tests say to the stand-in kernel, and what it heard. The classes beside this one have the
 * names and the public methods of the kernel's that the extension calls; they do nothing but look up
 * settings here and write down here what they are told.
 */
final class KernelStandIn
{
    /** @var array<string, array<string, array<string, mixed>>> file, group, variable */
    public static array $settings = [];
    /** @var list<array{string, string, string}> level, label, message, in the order they came */
    public static array $messages = [];
    /** @var list<string> each class that was asked of the autoloader */
    public static array $loaded = [];
    /** @var list<string> what was read, as file/group/variable */
    public static array $read = [];
    /** @var list<array> the calls of eZDebug::accumulatorStart() and accumulatorStop(), with their arguments */
    public static array $accumulators = [];
    /** @var list<array> the calls of eZDebugSetting::writeDebug(), with their arguments */
    public static array $debug = [];
    /** Whether debug output is on. */
    public static bool $debugEnabled = true;
    /** @var list<string> debug conditions that are on */
    public static array $conditions = [];
    /** @var list<string> classes that this kernel does not have */
    public static array $without = [];

    /**
     * From now on the kernel's classes can be loaded; eZDebug is, as it is from the first line of every
     * script of the kernel.
     * @param array<string, array<string, array<string, mixed>>> $settings
     * @param list<string> $without
     */
    public static function start(array $settings = [], array $without = []): void
    {
        self::$settings = $settings;
        self::$without = $without;
        spl_autoload_register([self::class, 'load']);
        class_exists('eZDebug');
        self::$loaded = [];
    }

    public static function load(string $class): void
    {
        self::$loaded[] = $class;
        $file = __DIR__ . "/$class.php";
        if (!in_array($class, self::$without, true) && preg_match('/^\w+$/D', $class) && is_file($file)) {
            require $file;
        }
    }

    /** What was told since the last call, as "level label: message". */
    public static function said(): array
    {
        $said = array_map(static fn (array $message): string => "$message[0] $message[1]: $message[2]", self::$messages);
        self::$messages = [];
        return $said;
    }
}
