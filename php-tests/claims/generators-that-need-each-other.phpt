--TEST--
Two generators that need what the other makes both end, with content
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$code = '
    $handler = new eZDBFileHandler("var/%s");
    $result = $handler->processCache(null, function () {
        tell("generating");
        hear();
        $needed = (new eZDBFileHandler("var/%s"))->processCache(fn ($path) => "got", fn () => ["content" => "made", "binarydata" => "x"]);
        return "%1$s with " . (is_string($needed) ? "content" : get_debug_type($needed));
    });
    tell($result);';
$a = Process::start(sprintf($code, 'a', 'b'));
$b = Process::start(sprintf($code, 'b', 'a'));
show('both', [$a->hear(), $b->hear(), claims()]);
$a->begin('');
$b->begin('');
show('results', [$a->hear(), $b->hear()]);
show('end', [$a->finish(), $b->finish()]);
show('rows', [live(), bytes_of('var/a'), bytes_of('var/b'), claims(), faults()]);
?>
--EXPECT--
both: ['generating', 'generating', ['var/a.generating', 'var/b.generating']]
results: ['a with content', 'b with content']
end: ['', '']
rows: [['var/a', 'var/b'], 'a with content', 'b with content', [], []]
