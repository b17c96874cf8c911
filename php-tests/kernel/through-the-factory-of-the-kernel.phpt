--TEST--
The kernel finds the class by its name and makes its objects; file.ini names it and nothing else
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
kernel(['file.ini' => ['ClusteringSettings' => ['FileHandler' => 'eZDBFileHandler']]]);
show('class', [class_exists('eZDBFileHandler'), in_array('eZDBFileHandler', KernelStandIn::$loaded, true)]);
$shared = eZClusterFileHandler::instance();
show('shared', [get_class($shared), $shared->filePath, $shared === eZClusterFileHandler::instance(), $shared instanceof eZDBFileHandler, $shared instanceof eZDFSFileHandler, $shared instanceof ezpDatabaseBasedClusterFileHandler]);
$file = eZClusterFileHandler::instance('var//cache/a');
show('file', [$file->filePath, $file->requiresClusterizing(), $file->requiresPurge(), $file->hasStaleCacheSupport(), $file->cacheType]);
show('used', [$shared->fileStoreContents('var/a', 'abc'), $shared->fileExists('var/a'), $file->processCache(retrieve(), generate('made')), $file->processCache(retrieve(), never())]);
eZClusterFileHandler::preFork();
show('after a fork', [eZClusterFileHandler::instance() === $shared, eZClusterFileHandler::instance()->fileFetchContents('var/a'), $file->fetchContents()]);
show('said', [KernelStandIn::said(), array_filter(KernelStandIn::$loaded, static fn ($class) => !preg_match('/^eZ(INI|Debug|DebugSetting|ClusterFileHandler|ClusterFileFailure|DFSFileHandler)$/', $class))]);
?>
--EXPECT--
class: [true, false]
shared: ['eZDBFileHandler', false, true, true, true, true]
file: ['var/cache/a', true, true, true, 'misc']
used: [true, true, 'made', 'got made']
after a fork: [false, 'abc', 'made']
said: [[], []]
