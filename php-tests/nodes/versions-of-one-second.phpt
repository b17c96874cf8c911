--TEST--
Versions that the nodes store in turn within a second, with the same size, are never mixed up
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/nodes.inc';
cluster();
$a = request_on('a');
$b = request_on('b');
$wrong = [];
for ($i = 10; $i < 40; $i++) {
    [$maker, $other] = $i % 2 ? [$a, $b] : [$b, $a];
    $maker->run("return (new eZDBFileHandler('var/a'))->processCache(null, fn () => 'version $i');");
    // All of one second, whatever time it is.
    db()->query('UPDATE ezdbfile SET mtime = 1700000000');
    foreach ([$other, $maker] as $node) {
        $seen = $node->run('$handler = new eZDBFileHandler("var/a"); $handler->metaData = null; return $handler->processCache($content, $never);');
        if ($seen !== "version $i") {
            $wrong[] = [$i, $seen];
        }
    }
}
show('wrong', $wrong);
show('end', [$a->finish(), $b->finish(), faults()]);
?>
--EXPECT--
wrong: []
end: ['', '', []]
