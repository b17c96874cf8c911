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
    tell($result);
    tell(warnings());';
$a = Process::start(sprintf($code, 'a', 'b'));
$b = Process::start(sprintf($code, 'b', 'a'));
show('both', [$a->hear(), $b->hear(), claims()]);
$a->begin('');
$b->begin('');
show('results', [$a->hear(), $b->hear()]);
// One of the two learns that waiting would never end.
$said = [...$a->hear(), ...$b->hear()];
show('said', [count($said), preg_match('/^eZDBFileHandler::processCache\(\): var\/[ab]: .*deadlock/i', $said[0] ?? '')]);
show('end', [$a->finish(), $b->finish()]);
show('rows', [live(), bytes_of('var/a'), bytes_of('var/b'), claims(), faults()]);
?>
--EXPECT--
both: ['generating', 'generating', ['var/a.generating', 'var/b.generating']]
results: ['a with content', 'b with content']
said: [1, 1]
end: ['', '']
rows: [['var/a', 'var/b'], 'a with content', 'b with content', [], []]
