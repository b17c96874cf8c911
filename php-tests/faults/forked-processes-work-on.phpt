--TEST--
After a fork parent and children work on, with and without disconnect(), each on connections of its own
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 1000], ownUser: true);
$user = ini_get('ezdbfile.user');
$ids = static fn () => column("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '$user' ORDER BY ID");
put('var/stream', str_split(bytes(300000), 1000));
$work = '
    function work(string $who): string {
        for ($i = 0; $i < 20; $i++) {
            $handler = new eZDBFileHandler("var/$who/$i");
            if (!$handler->storeContents(str_repeat("$who$i", 500)) || $handler->fetchContents() !== str_repeat("$who$i", 500)) {
                return "$who: $i is wrong";
            }
        }
        return "$who works";
    }
    function children(int $count, callable $job): array {
        $pids = [];
        for ($i = 0; $i < $count; $i++) {
            $pid = pcntl_fork();
            if ($pid === 0) {
                tell($job($i));
                exit(0);
            }
            $pids[] = $pid;
        }
        return $pids;
    }
    function await(array $pids): int {
        $bad = 0;
        foreach ($pids as $pid) {
            pcntl_waitpid($pid, $status);
            $bad += pcntl_wexitstatus($status);
        }
        return $bad;
    }
';
$cases = [
    'without' => '',
    'parent before' => '(new eZDBFileHandler())->disconnect();',
];
foreach ($cases as $label => $first) {
    foreach (['nothing', 'disconnect()'] as $child) {
        $process = Process::start("$work (new eZDBFileHandler('var/x'))->exists(); $first" . '
            $pids = children(4, function ($i) { ' . ($child === 'nothing' ? '' : '(new eZDBFileHandler())->disconnect();') . ' $said = work("child$i"); $pool = ezdbfile_status()["pool"]; return [$said, $pool["open"], $pool["idle"]]; });
            $said = work("parent");
            $bad = await($pids);
            $pool = ezdbfile_status()["pool"];
            tell([$said, work("parent again"), $bad, $pool["open"], $pool["idle"], $pool["connects"], $pool["dead"], $pool["discarded"]]);
        ');
        $told = [];
        for ($i = 0; $i < 5; $i++) {
            $told[] = dump($process->hear());
        }
        sort($told);
        show("$label, $child", [$process->finish(), eventually(static fn () => $ids() === [])]);
        foreach ($told as $line) {
            echo '    ', $line, "\n";
        }
    }
}
// In the middle of a stream, from its output callback.
$process = Process::start($work . '
    $got = "";
    $pids = null;
    ob_start(function ($piece) use (&$got, &$pids) {
        $got .= $piece;
        $pids ??= children(2, function ($i) { return work("streaming$i"); });
        return "";
    }, 5000);
    $done = (new eZDBFileHandler("var/stream"))->passthrough();
    ob_end_clean();
    $bad = await($pids);
    tell([$done, md5($got), $bad, work("parent")]);
');
$told = [dump($process->hear()), dump($process->hear()), dump($process->hear())];
sort($told);
echo 'in a stream: ', str_replace(md5(bytes(300000)), 'whole', implode(', ', $told)), "\n";
// What PHP prints of the buffers that the children end in is its own affair.
$process->finish();
// A child that is killed, and one that goes on after its parent has ended.
$process = Process::start($work . '
    (new eZDBFileHandler("var/x"))->exists();
    $pids = children(1, function () { posix_kill(getmypid(), SIGKILL); });
    await($pids);
    tell(work("parent"));
    $parent = getmypid();
    children(1, function () use ($parent) { while (posix_getppid() === $parent) { usleep(1000); } return work("orphan"); });
');
show('ends', [$process->hear(), $process->hear(), $process->finish()]);
show('rows', [eventually(static fn () => $ids() === []), faults(), unlocked()]);
?>
--EXPECT--
without, nothing: ['', true]
    ['child0 works', 1, 1]
    ['child1 works', 1, 1]
    ['child2 works', 1, 1]
    ['child3 works', 1, 1]
    ['parent works', 'parent again works', 0, 1, 1, 1, 0, 0]
without, disconnect(): ['', true]
    ['child0 works', 1, 1]
    ['child1 works', 1, 1]
    ['child2 works', 1, 1]
    ['child3 works', 1, 1]
    ['parent works', 'parent again works', 0, 1, 1, 1, 0, 0]
parent before, nothing: ['', true]
    ['child0 works', 1, 1]
    ['child1 works', 1, 1]
    ['child2 works', 1, 1]
    ['child3 works', 1, 1]
    ['parent works', 'parent again works', 0, 1, 1, 2, 0, 0]
parent before, disconnect(): ['', true]
    ['child0 works', 1, 1]
    ['child1 works', 1, 1]
    ['child2 works', 1, 1]
    ['child3 works', 1, 1]
    ['parent works', 'parent again works', 0, 1, 1, 2, 0, 0]
in a stream: 'streaming0 works', 'streaming1 works', [true, 'whole', 0, 'parent works']
ends: ['parent works', 'orphan works', '']
rows: [true, [], true]
