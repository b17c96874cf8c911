--TEST--
The kernel's questions about the handler, and URIs without a server
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
show('hasStaleCacheSupport', $handler->hasStaleCacheSupport());
show('requiresClusterizing', $handler->requiresClusterizing());
show('requiresPurge', $handler->requiresPurge());
show('applyServerUri', $handler->applyServerUri('var/site/storage/images/a.jpg'));
?>
--EXPECT--
hasStaleCacheSupport: true
requiresClusterizing: true
requiresPurge: true
applyServerUri: 'var/site/storage/images/a.jpg'
