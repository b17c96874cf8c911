--TEST--
While another process stores versions, a reader never gets bytes of one and metadata of another
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster(['chunk_size' => 1000]);
put('var/a', str_repeat('b', 2000), datatype: 'b');
$writer = start_child('
    $handler = new eZDBFileHandler("var/a");
    while (true) {
        foreach (["a" => 5000, "b" => 2000, "c" => 7001, "d" => 0] as $letter => $size) {
            $handler->storeContents(str_repeat($letter, $size), "test", $letter);
        }
    }');
$sizes = ['a' => 5000, 'b' => 2000, 'c' => 7001, 'd' => 0];
$seen = $wrong = [];
$handler = new eZDBFileHandler('var/a');
for ($i = 0; $i < 20000 && count($seen) < 4 || $i < 400; $i++) {
    $bytes = $handler->fetchContents();
    $whole = array_filter($sizes, static fn ($size, $letter) => $bytes === str_repeat($letter, $size), ARRAY_FILTER_USE_BOTH);
    if (count($whole) !== 1) {
        $wrong['contents'] = $bytes;
    }
    $seen[key($whole)] = true;
    $handler->loadMetaData(true);
    if ($handler->size() !== $sizes[$handler->dataType()]) {
        $wrong['metadata'] = $handler->metaData;
    }
    if ($handler->fetch() !== 'var/a' || !in_array(local_bytes('var/a'), array_map('str_repeat', array_keys($sizes), $sizes), true)) {
        $wrong['local'] = local_bytes('var/a');
    }
}
stop_child($writer);
ksort($seen);
show('versions seen', array_keys($seen));
show('wrong', $wrong);
show('left behind', tree());
?>
--EXPECT--
versions seen: ['a', 'b', 'c', 'd']
wrong: []
left behind: ['var/', 'var/a']
