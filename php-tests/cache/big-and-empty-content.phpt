--TEST--
Content of any size is generated, stored and retrieved whole
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 1000]);
foreach ([0, 1, 999, 1000, 1001, 2000, 16384, 3000000] as $size) {
    $bytes = bytes($size, $size);
    $handler = new eZDBFileHandler("var/$size");
    $made = $handler->processCache(retrieve(), generate(['binarydata' => $bytes]));
    unlink("var/$size");
    $got = $handler->processCache(retrieve(), never());
    if ([$made === $bytes, $got === "got $bytes", bytes_of("var/$size") === $bytes] !== [true, true, true]) {
        show("$size", [$made === $bytes, $got === "got $bytes", strlen(bytes_of("var/$size"))]);
    }
}
show('done', [count(live()), claims(), faults()]);
?>
--EXPECT--
done: [8, [], []]
