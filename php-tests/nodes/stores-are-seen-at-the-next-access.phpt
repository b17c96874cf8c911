--TEST--
What one node stores, however, the other sees at its next access
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/nodes.inc';
cluster();
$stores = [
    'processCache' => '(new eZDBFileHandler("var/a"))->processCache(null, fn () => "%s");',
    'storeContents' => '(new eZDBFileHandler("var/a"))->storeContents("%s");',
    'storeContents with local copy' => '(new eZDBFileHandler("var/a"))->storeContents("%s", "x", "y", true);',
    'fileStore' => 'is_dir("var") || mkdir("var"); file_put_contents("var/a", "%s"); (new eZDBFileHandler())->fileStore("var/a");',
    'fileStore of an old file' => 'file_put_contents("var/a", "%s"); touch("var/a", 1000); (new eZDBFileHandler())->fileStore("var/a");',
    'fileStore that deletes' => 'file_put_contents("var/a", "%s"); (new eZDBFileHandler())->fileStore("var/a", "x", true);',
    'copy' => '(new eZDBFileHandler("var/b"))->storeContents("%s"); (new eZDBFileHandler())->fileCopy("var/b", "var/a");',
    'move' => '(new eZDBFileHandler("var/b"))->storeContents("%s"); (new eZDBFileHandler("var/b"))->move("var/a");',
    'generation by hand' => '$handler = new eZDBFileHandler("var/a"); $handler->startCacheGeneration(); $handler->storeContents("%s"); $handler->endCacheGeneration();',
];
foreach (['a', 'b'] as $maker) {
    $other = $maker === 'a' ? 'b' : 'a';
    foreach ($stores as $label => $store) {
        $bytes = "by $label";
        on($maker, sprintf($store, $bytes));
        $seen = [
            on($other, 'return (new eZDBFileHandler("var/a"))->processCache($content, $never);'),
            on($other, 'return (new eZDBFileHandler("var/a"))->processFile($content);'),
            on($other, 'return $content((new eZDBFileHandler("var/a"))->fetch());'),
            on($maker, 'return (new eZDBFileHandler("var/a"))->processCache($content, $never);'),
            on($maker, 'return $content((new eZDBFileHandler())->fileFetch("var/a"));'),
        ];
        if (array_unique($seen) !== [$bytes]) {
            show("$label on $maker", $seen);
        }
    }
}
show('faults', faults());
?>
--EXPECT--
faults: []
