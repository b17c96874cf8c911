--TEST--
cacheType tells view cache and template blocks from everything else
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['var/site/cache/content/eng/1-2.cache', 'cache/content/x', 'var/cache/content', 'var/site/cache/template-block/3/4/5.cache',
    'var/cache/template-blocks/1', 'var/storage/images/a.jpg', false] as $path) {
    echo dump($path), ': ', (new eZDBFileHandler($path))->cacheType, "\n";
}
?>
--EXPECT--
'var/site/cache/content/eng/1-2.cache': viewcache
'cache/content/x': misc
'var/cache/content': misc
'var/site/cache/template-block/3/4/5.cache': cacheblock
'var/cache/template-blocks/1': misc
'var/storage/images/a.jpg': misc
false: misc
