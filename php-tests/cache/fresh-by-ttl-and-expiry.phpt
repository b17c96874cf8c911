--TEST--
What is fresh depends on ttl and expiry; negative ones count as null, numbers may be strings
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$now = server_time();
put('var/a', 'kept', mtime: $now - 1000);
$handler = new eZDBFileHandler('var/a');
$cases = [
    [null, null, true], [-1, -1, true], [-1, null, true], [null, -5, true],
    [2000, null, true], [500, null, false], ['2000', null, true], ['500', null, false],
    [null, $now - 2000, true], [null, $now - 500, false], [null, (string)($now - 2000), true], [null, (string)($now - 500), false],
    [2000, $now - 2000, true], [2000, $now - 500, false], [500, $now - 2000, false], [500, $now - 500, false],
    [-1, $now - 500, false], [-1, $now - 2000, true], [500, -1, false], [2000, -1, true],
    [null, 0, true], [null, false, true],
];
foreach (['fetched', 'local'] as $copy) {
    foreach ($cases as [$ttl, $expiry, $fresh]) {
        if ($copy === 'fetched' && is_file('var/a')) {
            unlink('var/a');
        }
        // A generate callback of false: the failure tells that the file was not fresh, and nothing changes.
        $result = $handler->processCache(retrieve(), false, $ttl, $expiry);
        if (result($result) !== ($fresh ? "'got kept'" : 'failure 2')) {
            show('wrong', [$copy, $ttl, $expiry, result($result)]);
        }
    }
}
show('done', [claims(), live(), entry('var/a')['mtime'] === $now - 1000]);
?>
--EXPECT--
done: [[], ['var/a'], true]
