--TEST--
Of 32 processes that meet an expired file exactly one generates, the others have the stale content
--CONFLICTS--
many
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['in the cluster' => static fn () => null, 'on this node' => static fn () => (new eZDBFileHandler('var/a'))->fetch()] as $label => $prepare) {
    put_expired('var/a', 'stale');
    @unlink('var/a');
    $prepare();
    $told = all_together_while_generating('var/a');
    show($label, [counted($told), bytes_of('var/a'), claims(), faults(), unlocked()]);
}
show('generated', notes());

/** The generator goes on only when all the others have their content. */
function all_together_while_generating(string $path): array
{
    $done = scratch('done_' . bin2hex(random_bytes(4)));
    posix_mkfifo($done, 0666);
    $code = '
        $result = (new eZDBFileHandler("' . $path . '"))->processCache(
            static fn ($path) => file_get_contents($path),
            static function ($path) {
                note("generated");
                tell("generating");
                fgets(fopen("' . $done . '", "r"));
                return "new";
            }
        );
        tell($result);
    ';
    $gate = fopen(gate(), 'c');
    flock($gate, LOCK_EX);
    $processes = [];
    for ($i = 0; $i < 32; $i++) {
        $processes[] = Process::start("together();\n$code");
    }
    array_map(static fn ($process) => $process->hear(), $processes);
    flock($gate, LOCK_UN);
    $told = [];
    $generators = [];
    foreach ($processes as $process) {
        $told[] = $first = $process->hear();
        if ($first === 'generating') {
            $generators[] = $process;
        }
    }
    file_put_contents($done, "go on\n");
    foreach ($generators as $process) {
        $told[] = $process->hear();
    }
    array_map(static fn ($process) => $process->finish(), $processes);
    return $told;
}
?>
--EXPECT--
in the cluster: [['stale' => 31, 'generating' => 1, 'new' => 1], 'new', [], [], true]
on this node: [['stale' => 31, 'generating' => 1, 'new' => 1], 'new', [], [], true]
generated: ['generated', 'generated']
