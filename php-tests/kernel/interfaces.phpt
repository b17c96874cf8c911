--TEST--
The kernel's interfaces are native, with the parameters and defaults of the kernel and no types
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['eZClusterFileHandlerInterface', 'ezpDatabaseBasedClusterFileHandler'] as $name) {
    $interface = new ReflectionClass($name);
    show($name, [$interface->isInterface(), $interface->isInternal(), $interface->getInterfaceNames(), $interface->getConstants(), (new ReflectionClass('eZDBFileHandler'))->implementsInterface($name)]);
    $lines = [];
    foreach ($interface->getMethods() as $method) {
        $parameters = [];
        foreach ($method->getParameters() as $parameter) {
            $parameters[] = '$' . $parameter->getName() . ($parameter->isOptional() ? ' = ' . str_replace("\n", '', var_export($parameter->getDefaultValue(), true)) : '');
            if ($parameter->hasType() && (string)$parameter->getType() !== 'mixed' || $parameter->isPassedByReference() || $parameter->isVariadic()) {
                echo "$name::{$method->getName()}: $parameter\n";
            }
        }
        if ($method->hasReturnType() || $method->hasTentativeReturnType()) {
            echo "$name::{$method->getName()} has a return type\n";
        }
        $lines[] = ($method->isStatic() ? 'static ' : '') . $method->getName() . '(' . implode(', ', $parameters) . ')';
    }
    sort($lines, SORT_STRING | SORT_FLAG_CASE);
    echo implode("\n", $lines), "\n";
}
?>
--EXPECT--
eZClusterFileHandlerInterface: [true, true, [], [], true]
abortCacheGeneration()
applyServerUri($filePath)
checkCacheGenerationTimeout()
dataType()
delete()
deleteLocal()
endCacheGeneration($rename = true)
exists()
fetch($noLocalCache = false)
fetchContents()
fetchUnique()
fileCopy($srcPath, $dstPath)
fileDelete($path, $fnamePart = false)
fileDeleteByDirList($dirList, $commonPath, $commonSuffix)
fileDeleteByWildcard($wildcard)
fileDeleteLocal($path)
fileExists($path)
fileFetch($filePath)
fileFetchContents($filePath)
fileLinkCopy($srcPath, $dstPath, $symLink)
fileMove($srcPath, $dstPath)
fileStore($filePath, $scope = false, $delete = false, $datatype = false)
fileStoreContents($filePath, $contents, $scope = false, $datatype = false)
getFileList($scopes = false, $excludeScopes = false)
hasStaleCacheSupport()
isDBFileExpired($expiry, $curtime, $ttl)
isExpired($expiry, $curtime, $ttl)
isLocalFileExpired($expiry, $curtime, $ttl)
loadMetaData($force = false)
move($dstPath)
mtime()
name()
passthrough()
processCache($retrieveCallback, $generateCallback = NULL, $ttl = NULL, $expiry = NULL, $extraData = NULL)
processFile($callback, $expiry = false, $extraData = NULL)
purge($printCallback = false, $microsleep = false, $max = false, $expiry = false)
requiresClusterizing()
requiresPurge()
size()
startCacheGeneration()
stat()
static isFileExpired($fname, $mtime, $expiry, $curtime, $ttl)
storeCache($fileData)
storeContents($contents, $scope = false, $datatype = false, $storeLocally = false)
ezpDatabaseBasedClusterFileHandler: [true, true, [], [], true]
disconnect()
