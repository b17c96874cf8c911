--TEST--
Storing, fetching and passing through a very large file takes no more memory than a small one
--SKIPIF--
<?php
if (!is_readable('/proc/self/status')) die('skip needs /proc');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
// Under valgrind, which looks for lost memory itself, memory tells nothing.
$counts = memory_is_limited();
$megabytes = (int)(getenv('EZDB_TEST_LARGE_MB') ?: ($counts ? 300 : 20));
$peaks = [];
foreach (['small' => 1, 'large' => $megabytes] as $name => $size) {
    mkdir('var') || warnings();
    $file = fopen("var/$name", 'w');
    $block = bytes(1000003);
    for ($left = $size * 1000000; $left > 0; $left -= strlen($block)) {
        fwrite($file, $left < strlen($block) ? substr($block, 0, $left) : $block);
    }
    fclose($file);
    $sum = md5_file("var/$name");
    $class = "\$handler = new eZDBFileHandler('var/$name');";
    $peaks["store $name"] = child("$class \$handler->fileStore('var/$name', 'mediafile', true, 'video/mp4');" . PEAK_MEMORY);
    show("stored $name", [entry("var/$name")['size'] === $size * 1000000, is_file("var/$name")]);
    $peaks["passthrough $name"] = child("$class \$handler->passthrough();" . PEAK_MEMORY, [], '/dev/null');
    child("$class \$handler->passthrough(); file_put_contents('done', 'done');", [], scratch("passed $name"));
    show("passed $name", [md5_file(scratch("passed $name")) === $sum, is_file('done')]);
    unlink(scratch("passed $name"));
    unlink('done');
    $peaks["fetch $name"] = child("$class \$handler->fetch();" . PEAK_MEMORY);
    show("fetched $name", md5_file("var/$name") === $sum);
    unlink("var/$name");
}
foreach (['store', 'passthrough', 'fetch'] as $what) {
    $more = (int)$peaks["$what large"] - (int)$peaks["$what small"];
    show($what, is_numeric($peaks["$what large"]) && is_numeric($peaks["$what small"]) ? ($more < 8192 || !$counts ? 'less than 8 MB more' : "$more KiB more") : $peaks["$what large"]);
}
?>
--EXPECT--
stored small: [true, false]
passed small: [true, true]
fetched small: true
stored large: [true, false]
passed large: [true, true]
fetched large: true
store: 'less than 8 MB more'
passthrough: 'less than 8 MB more'
fetch: 'less than 8 MB more'
