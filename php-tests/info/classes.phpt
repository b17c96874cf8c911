--TEST--
The classes, constants and methods that the kernel asks for are there
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
foreach (['eZDBFileHandler', 'eZDBFile', 'eZDBFileException', 'eZDBFileConnectionException'] as $class) {
    show($class, class_exists($class, false) && !(new ReflectionClass($class))->isFinal());
}
show('connection problems are problems', is_subclass_of('eZDBFileConnectionException', 'eZDBFileException'));
show('LOCAL_CACHE', eZDBFileHandler::LOCAL_CACHE);
show('INFOCACHE_MAX', eZDBFileHandler::INFOCACHE_MAX);

$methods = [
    'eZDBFileHandler' => ['loadMetaData', 'fileStore', 'fileStoreContents', 'storeContents', 'fileFetch', 'fetch', 'fetchUnique',
        'fileFetchContents', 'fetchContents', 'stat', 'size', 'mtime', 'dataType', 'name', 'fileExists', 'exists', 'isExpired',
        'isLocalFileExpired', 'isDBFileExpired', 'getFileList', 'applyServerUri', 'hasStaleCacheSupport', 'requiresClusterizing',
        'requiresPurge', 'delete', 'fileDelete', 'fileDeleteByDirList', 'fileDeleteByWildcard', 'fileDeleteByRegex', 'deleteLocal',
        'fileDeleteLocal', 'purge', 'fetchExpiredItems', 'fileCopy', 'fileLinkCopy', 'fileMove', 'move', 'passthrough', 'disconnect'],
    'eZDBFile' => ['storeFile', 'storeContentToFile', 'fileExists', 'fileMTime', 'fileSize', 'fileType', 'fileMetadata', 'fetchFile',
        'passThru', 'saveToTmpFile', 'saveToFileSystem', 'deleteWildcard', 'deleteRegex', 'delete', 'rename', 'copy', 'uploadHTTPFile'],
];
foreach ($methods as $class => $names) {
    foreach ($names as $name) {
        if (!method_exists($class, $name) || !(new ReflectionMethod($class, $name))->isPublic()) {
            echo "$class::$name is missing\n";
        }
    }
}
foreach (['cleanPath', 'isFileExpired'] as $name) {
    show("$name is static", (new ReflectionMethod('eZDBFileHandler', $name))->isStatic());
}
?>
--EXPECT--
eZDBFileHandler: true
eZDBFile: true
eZDBFileException: true
eZDBFileConnectionException: true
connection problems are problems: true
LOCAL_CACHE: 1
INFOCACHE_MAX: 200
cleanPath is static: true
isFileExpired is static: true
