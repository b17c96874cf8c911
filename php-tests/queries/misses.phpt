--TEST--
A cache miss of 16 KB takes at most five messages and two commits, also over an expired file
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/statements.inc';
cluster(ownUser: true);
(new eZDBFileHandler('var/warm-up'))->processCache(null, generate(['binarydata' => bytes(16384)]));
put_expired('var/expired', bytes(16384, 1));
put('var/outdated', bytes(16384, 2), mtime: 1000);
put_expired('var/by-hand', 'old');
log_statements();
$made = generate(['binarydata' => bytes(16384), 'scope' => 'viewcache', 'datatype' => 'php', 'content' => 'x']);
foreach (['var/missing' => [null, null], 'var/expired' => [null, null], 'var/outdated' => [100, null]] as $path => [$ttl, $expiry]) {
    $statements = statements(static fn () => (new eZDBFileHandler($path))->processCache(retrieve(), $made, $ttl, $expiry));
    at_most($path, 5, work_of($statements));
    show('commits', commits_of($statements));
    show('stored', [md5(bytes_of($path)) === md5(bytes(16384)), claims()]);
}
$handler = new eZDBFileHandler('var/by-hand');
$statements = statements(static function () use ($handler) {
    $handler->processCache(retrieve());
    $handler->storeCache(['binarydata' => bytes(16384)]);
});
at_most('by hand', 5, work_of($statements));
show('commits', commits_of($statements));
$statements = statements(static function () {
    $handler = new eZDBFileHandler('var/original');
    $handler->startCacheGeneration();
    $handler->endCacheGeneration(false);
});
at_most('a claim that changes nothing', 4, work_of($statements));
show('faults', [faults(), claims()]);
?>
--EXPECT--
var/missing: at most 5
commits: 2
stored: [true, []]
var/expired: at most 5
commits: 2
stored: [true, []]
var/outdated: at most 5
commits: 2
stored: [true, []]
by hand: at most 5
commits: 2
a claim that changes nothing: at most 4
faults: [[], []]
