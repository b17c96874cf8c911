--TEST--
While one node generates, the other uses its own stale copy, then the new version
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/nodes.inc';
cluster();
on('a', '(new eZDBFileHandler("var/a"))->processCache(null, fn () => "old");');
on('b', 'return (new eZDBFileHandler("var/a"))->processCache($content, $never);');
on('b', '(new eZDBFileHandler("var/a"))->delete();');
$a = request_on('a');
$a->begin('return (new eZDBFileHandler("var/a"))->processCache($content, function () { tell("generating"); hear(); return "new"; });');
show('a', $a->hear());
show('b meanwhile', on('b', 'return (new eZDBFileHandler("var/a"))->processCache($content, $never);'));
show('another on a meanwhile', on('a', 'return (new eZDBFileHandler("var/a"))->processCache($content, $never);'));
$a->begin('');
show('a', $a->hear());
show('b then', on('b', 'return (new eZDBFileHandler("var/a"))->processCache($content, $never);'));
show('end', [$a->finish(), claims(), faults()]);
?>
--EXPECT--
a: 'generating'
b meanwhile: 'old'
another on a meanwhile: 'old'
a: 'new'
b then: 'new'
end: ['', [], []]
