--TEST--
fetchContents() and storing a string take the size of the file once, not twice
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
$size = 60000000;
$peak = [];
foreach (['small' => 1000000, 'large' => $size] as $name => $length) {
    (new eZDBFileHandler())->fileStoreContents("var/$name", str_repeat('abcdefghij', $length / 10));
    $peak["fetch $name"] = child("\$c = (new eZDBFileHandler('var/$name'))->fetchContents(); if (strlen(\$c) !== $length) { echo 'short'; }" . PEAK_MEMORY);
    $peak["store $name"] = child("\$c = str_repeat('x', $length); if (!(new eZDBFileHandler('var/$name'))->storeContents(\$c)) { echo 'failed'; }" . PEAK_MEMORY);
}
foreach (['fetch', 'store'] as $what) {
    $more = ((int)$peak["$what large"] - (int)$peak["$what small"]) * 1024;
    show($what, is_numeric($peak["$what large"]) ? ($more < $size + 8000000 || !memory_is_limited() ? 'once' : "$more bytes for $size") : $peak["$what large"]);
}
show('stored', entry('var/large')['size']);
?>
--EXPECT--
fetch: 'once'
store: 'once'
stored: 60000000
