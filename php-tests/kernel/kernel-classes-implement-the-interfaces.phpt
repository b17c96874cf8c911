--TEST--
Handlers written in PHP for the kernel's interfaces compile against the native ones
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
kernel();
/* As the kernel's handlers declare their methods: no types, some with parameters of their own. */
abstract class KernelStyleHandler implements eZClusterFileHandlerInterface, ezpDatabaseBasedClusterFileHandler
{
    public function loadMetaData( $force = false ) {}
    public function fileStore( $filePath, $scope = false, $delete = false, $datatype = false ) {}
    public function fileStoreContents( $filePath, $contents, $scope = false, $datatype = false ) {}
    public function storeContents( $contents, $scope = false, $datatype = false, $storeLocally = false ) {}
    public function fileFetch( $filePath ) {}
    public function processCache( $retrieveCallback, $generateCallback = null, $ttl = null, $expiry = null, $extraData = null ) {}
    public static function isFileExpired( $fname, $mtime, $expiry, $curtime, $ttl ) {}
    public function isExpired( $expiry, $curtime, $ttl ) {}
    public function isLocalFileExpired( $expiry, $curtime, $ttl ) {}
    public function isDBFileExpired( $expiry, $curtime, $ttl ) {}
    public function storeCache( $fileData ) {}
    public function processFile( $callback, $expiry = false, $extraData = null ) {}
    public function fetchUnique() {}
    public function fetch( $noLocalCache = false ) {}
    public function fileFetchContents( $filePath ) {}
    public function fetchContents() {}
    public function stat() {}
    public function size() {}
    public function dataType() {}
    public function mtime() {}
    public function name() {}
    public function fileDeleteByWildcard( $wildcard ) {}
    public function fileDeleteByDirList( $dirList, $commonPath, $commonSuffix ) {}
    public function fileDelete( $path, $fnamePart = false ) {}
    public function delete() {}
    public function fileDeleteLocal( $path ) {}
    public function deleteLocal() {}
    public function purge( $printCallback = false, $microsleep = false, $max = false, $expiry = false ) {}
    public function fileExists( $path, $checkDFSFile = false ) {}
    public function exists( $checkDFSFile = false ) {}
    public function passthrough( $offset = 0, $length = false ) {}
    public function fileCopy( $srcPath, $dstPath ) {}
    public function fileLinkCopy( $srcPath, $dstPath, $symLink ) {}
    public function fileMove( $srcPath, $dstPath ) {}
    public function move( $dstPath ) {}
    public function getFileList( $scopes = false, $excludeScopes = false, $limit = false, $path = false ) {}
    public static function cleanPath( $path ) {}
    public function startCacheGeneration() {}
    public function endCacheGeneration( $rename = true ) {}
    public function abortCacheGeneration() {}
    public function checkCacheGenerationTimeout() {}
    public function requiresClusterizing() { return false; }
    public function requiresPurge() {}
    public function hasStaleCacheSupport() {}
    public function applyServerUri( $filePath ) {}
    public function disconnect() {}
}
class Concrete extends KernelStyleHandler
{
    public function passthrough( $startOffset = 0, $length = false ) {}
    public function processCache( $retrieveCallback, $generateCallback = null, $ttl = null, $expiry = null, $extraData = null, $more = 1 ) {}
}
class TypesOfItsOwn extends Concrete
{
    public function exists( $checkDFSFile = false ): bool { return true; }
    public function size(): ?int { return null; }
}
$object = new TypesOfItsOwn();
show('made', [$object instanceof eZClusterFileHandlerInterface, $object instanceof ezpDatabaseBasedClusterFileHandler, $object->exists(), $object->requiresClusterizing(), Concrete::isFileExpired(1, 2, 3, 4, 5)]);
show('never asked of the autoloader', array_values(preg_grep('/Interface$|^ezp|^eZDBFileHandler$/', KernelStandIn::$loaded)));
?>
--EXPECT--
made: [true, true, true, false, null]
never asked of the autoloader: []
