--TEST--
The kernel's questions about the handler, and URIs of served files with a server and without
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler();
show('hasStaleCacheSupport', $handler->hasStaleCacheSupport());
show('requiresClusterizing', $handler->requiresClusterizing());
show('requiresPurge', $handler->requiresPurge());
show('applyServerUri', $handler->applyServerUri('var/site/storage/images/a.jpg'));
ini_set('ezdbfile.server_uri', 'https://static.example.com');
foreach (['var/site/storage/images/a b.jpg', '/var/site/storage/images-versioned/1/a.jpg', 'var/site/storage/original/a.pdf', 'var/site/cache/a.css', '', 'https://other/var/site/storage/images/a.jpg'] as $path) {
    show(dump($path), $handler->applyServerUri($path));
}
?>
--EXPECT--
hasStaleCacheSupport: true
requiresClusterizing: true
requiresPurge: true
applyServerUri: 'var/site/storage/images/a.jpg'
'var/site/storage/images/a b.jpg': 'https://static.example.com/var/site/storage/images/a b.jpg'
'/var/site/storage/images-versioned/1/a.jpg': 'https://static.example.com/var/site/storage/images-versioned/1/a.jpg'
'var/site/storage/original/a.pdf': 'var/site/storage/original/a.pdf'
'var/site/cache/a.css': 'var/site/cache/a.css'
'': ''
'https://other/var/site/storage/images/a.jpg': 'https://other/var/site/storage/images/a.jpg'
