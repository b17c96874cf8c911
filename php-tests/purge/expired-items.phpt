--TEST--
fetchExpiredItems() lists expired names of the scopes, in pages, by age
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$now = time();
put('var/image/1', scope: 'image', mtime: -($now - 1000));
put('var/image/2', scope: 'image', mtime: -($now - 5000));
put('var/image/live', scope: 'image', mtime: $now - 9000);
put('var/binary/1', scope: 'binaryfile', mtime: -($now - 5000));
put('var/other/1', scope: 'other', mtime: -($now - 5000));
put('var/image/twice', scope: 'image', mtime: -($now - 9000));
put('var/image/twice', scope: 'image', mtime: $now - 8000);
$handler = new eZDBFileHandler();
$list = static function (...$arguments) use ($handler) {
    $names = $handler->fetchExpiredItems(...$arguments);
    sort($names);
    return $names;
};
show('image', $list(['image']));
show('two scopes', $list(['image', 'binaryfile']));
show('unknown', $list(['nothing']));
show('older than 3000 s', $list(['image', 'other'], [0, 100], 3000));
show('older than 500 s', $list(['image'], [0, 100], 500));
show('older than 6000 s', $list(['image', 'other', 'binaryfile'], [0, 100], 6000));
show('no age', $list(['image'], [0, 100], false));
$pages = [$list(['image', 'binaryfile', 'other'], [0, 3]), $list(['image', 'binaryfile', 'other'], [3, 3])];
$together = array_merge(...$pages);
sort($together);
show('pages', [array_map('count', $pages), $together]);
for ($i = 0; $i < 120; $i++) {
    put(sprintf('var/many/%03d', $i), '', scope: 'many', mtime: -1000);
}
show('100 by default', count($handler->fetchExpiredItems(['many'])));
// Whoever purges what is listed until nothing is comes to an end, whatever is in the tables.
put('var/wrong/hash', '', scope: 'wrong', mtime: -1000);
put('var/wrong/back\\slash', '', scope: 'wrong', mtime: -1000);
put('var//wrong', '', scope: 'wrong', mtime: -1000);
put('var/right', '', scope: 'wrong', mtime: -1000);
put("var/caf\u{e9}", '', scope: 'wrong', mtime: -1000);
db()->query("UPDATE ezdbfile SET name_hash = MD5('other') WHERE name = 'var/wrong/hash'");
show('what purge() can reach', $list(['wrong']) === ["var/caf\u{e9}", 'var/right']);
for ($rounds = 0; $rounds < 10 && ($names = $handler->fetchExpiredItems(['wrong'], [0, 1])) !== []; $rounds++) {
    (new eZDBFileHandler($names[0]))->purge(false, false);
}
show('rounds', $rounds);
show('keys that are no UTF-8', $list(["\xff" => 'image'], ["\xe9" => 0, 'x' => 100]));
thrown('no scopes', static fn () => $handler->fetchExpiredItems([]), ValueError::class);
?>
--EXPECT--
image: ['var/image/1', 'var/image/2']
two scopes: ['var/binary/1', 'var/image/1', 'var/image/2']
unknown: []
older than 3000 s: ['var/image/2', 'var/other/1']
older than 500 s: ['var/image/1', 'var/image/2']
older than 6000 s: []
no age: ['var/image/1', 'var/image/2']
pages: [[3, 1], ['var/binary/1', 'var/image/1', 'var/image/2', 'var/other/1']]
100 by default: 100
what purge() can reach: true
rounds: 2
keys that are no UTF-8: ['var/image/1', 'var/image/2']
no scopes: ValueError
