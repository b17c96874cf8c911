--TEST--
A child that was forked while its parent generates stores nothing, and leaves the parent's claim alone
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$parent = getmypid();
$handler = new eZDBFileHandler('var/a');
$result = $handler->processCache(null, static function () {
    $child = pcntl_fork();
    if ($child === 0) {
        return 'made by the child';
    }
    pcntl_waitpid($child, $status);
    return 'made by the parent';
});
if (getmypid() !== $parent) {
    posix_kill(getmypid(), SIGKILL); // the end of the test is the parent's
}
show('result', $result);
show('stored', [bytes_of('var/a'), live(), claims()]);
?>
--EXPECT--
result: 'made by the parent'
stored: ['made by the parent', ['var/a'], []]
