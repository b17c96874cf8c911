--TEST--
getFileList() lists live and expired names by scope, without these scopes, by prefix and in pages
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/image/1', scope: 'image');
put('var/image/2', scope: 'image', mtime: -5);
put('var/binary/1', scope: 'binaryfile');
put('var/cache/1', scope: 'viewcache');
put('var/cache_/1', scope: 'viewcache', mtime: -5);
put('var/cacheX/1', scope: 'viewcache');
put('VAR/cache/1', scope: 'viewcache');
put('var/100%', scope: 'misc');
put('var/1000', scope: 'misc');
$handler = new eZDBFileHandler();
$list = static function (...$arguments) use ($handler) {
    $names = $handler->getFileList(...$arguments);
    sort($names, SORT_STRING);
    return $names;
};
$all = array_merge(live(), expired());
sort($all, SORT_STRING);
show('everything', $list() === $all && $list(false, false) === $all);
show('a list', array_is_list($handler->getFileList()));
show('image', $list(['image']));
show('image and binaryfile', $list(['image', 'binaryfile']));
show('all others', $list(['viewcache', 'misc'], true));
show('unknown scope', $list(['nothing']));
show('all but an unknown one', count($list(['nothing'], true)));
show('prefix', $list(false, false, false, 'var/cache'));
show('prefix with _', $list(false, false, false, 'var/cache_'));
show('prefix with %', $list(false, false, false, 'var/100%'));
show('part of a name', $list(['image'], false, false, 'var/im'));
show('not in the middle', $list(false, false, false, 'cache'));
show('prefix and others', $list(['viewcache'], true, false, 'var/i'));
$pages = [];
foreach ([0, 2, 4, 6, 8] as $offset) {
    $pages[] = $handler->getFileList(false, false, [$offset, 2]);
}
show('pages', array_map('count', $pages));
$together = array_merge(...$pages);
sort($together, SORT_STRING);
show('pages together', $together === $all);
show('beyond the end', $handler->getFileList(false, false, [100, 5]));
show('page of a scope', [count($handler->getFileList(['viewcache'], false, [1, 2])), count($handler->getFileList(['viewcache'], false, ['1', '50']))]);
show('page of nothing', $handler->getFileList(false, false, [0, 0]));
?>
--EXPECT--
everything: true
a list: true
image: ['var/image/1', 'var/image/2']
image and binaryfile: ['var/binary/1', 'var/image/1', 'var/image/2']
all others: ['var/binary/1', 'var/image/1', 'var/image/2']
unknown scope: []
all but an unknown one: 9
prefix: ['var/cache/1', 'var/cacheX/1', 'var/cache_/1']
prefix with _: ['var/cache_/1']
prefix with %: ['var/100%']
part of a name: ['var/image/1', 'var/image/2']
not in the middle: []
prefix and others: ['var/image/1', 'var/image/2']
pages: [2, 2, 2, 2, 1]
pages together: true
beyond the end: []
page of a scope: [2, 3]
page of nothing: []
