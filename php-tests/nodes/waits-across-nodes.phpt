--TEST--
A node that has nothing stale waits for the other one, and gets its version without a copy of its own
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/nodes.inc';
cluster();
$a = request_on('a');
$b = request_on('b');
$a->begin('return (new eZDBFileHandler("var/new/a"))->processCache($content, function () { tell("generating"); hear(); return "made on a"; });');
show('a', $a->hear());
$b->begin('return [(new eZDBFileHandler("var/new/a"))->processCache($content, $never), file_get_contents("var/new/a")];');
show('waits', waiting());
$a->begin('');
show('both', [$a->hear(), $b->hear()]);
show('end', [$a->finish(), $b->finish(), claims(), faults()]);
?>
--EXPECT--
a: 'generating'
waits: true
both: ['made on a', ['made on a', 'made on a']]
end: ['', '', [], []]
