<?php
/* Settings of one file, out of KernelStandIn::$settings. */
class eZINI
{
    /** @var array<string, self> */
    private static array $instances = [];

    private function __construct(private string $file)
    {
    }

    public static function instance($fileName = 'site.ini', $rootDir = 'settings', $useTextCodec = null, $useCache = null, $useLocalOverrides = null, $directAccess = false, $addArrayDefinition = false)
    {
        return self::$instances[$fileName] ??= new self($fileName);
    }

    public function hasGroup($blockName)
    {
        return isset(KernelStandIn::$settings[$this->file][$blockName]);
    }

    public function hasVariable($blockName, $varName)
    {
        return isset(KernelStandIn::$settings[$this->file][$blockName][$varName]);
    }

    /** The kernel complains of what is not there; so does this. */
    public function variable($blockName, $varName)
    {
        KernelStandIn::$read[] = "$this->file/$blockName/$varName";
        if ($this->hasVariable($blockName, $varName)) {
            return KernelStandIn::$settings[$this->file][$blockName][$varName];
        }
        KernelStandIn::$messages[] = ['error', 'eZINI', "undefined variable $varName in group $blockName of $this->file"];
        return false;
    }
}
