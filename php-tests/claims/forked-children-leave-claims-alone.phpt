--TEST--
A forked child, whatever it does and however it ends, leaves the claims of its parent alone
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$code = '
    $handler = new eZDBFileHandler("var/a");
    tell($handler->startCacheGeneration());
    foreach ([
        "ends" => function () { },
        "exits by a signal" => function () { posix_kill(getmypid(), SIGKILL); },
        "works" => function () use ($handler) { (new eZDBFileHandler("var/other"))->storeContents("by the child"); },
        "ends the claim" => function () use ($handler) { $handler->endCacheGeneration(false); $handler->abortCacheGeneration(); },
        "claims" => function () { (new eZDBFileHandler("var/b"))->startCacheGeneration(); },
        "disconnects" => function () use ($handler) { $handler->disconnect(); },
    ] as $label => $job) {
        $pid = pcntl_fork();
        if ($pid === 0) {
            $job();
            exit(0);
        }
        pcntl_waitpid($pid, $status);
        tell($label);
        hear();
        tell($handler->checkCacheGenerationTimeout());
        hear();
    }
    tell($handler->storeCache("by the parent"));
    tell(warnings());
';
$maker = Process::start($code);
show('claimed', $maker->hear());
for ($i = 0; $i < 6; $i++) {
    $label = $maker->hear();
    $refused = is_int((new eZDBFileHandler('var/a'))->startCacheGeneration());
    $maker->begin('');
    show($label, [$refused, $maker->hear()]);
    $maker->begin('');
}
show('stored', [$maker->hear(), bytes_of('var/a'), bytes_of('var/other'), $maker->hear()]);
show('end', [$maker->finish(), eventually(static fn () => can_be_claimed('var/b')), claims(), faults()]);
?>
--EXPECT--
claimed: true
ends: [true, true]
exits by a signal: [true, true]
works: [true, true]
ends the claim: [true, true]
claims: [true, true]
disconnects: [true, true]
stored: ['by the parent', 'by the parent', 'by the child', []]
end: ['', true, [], []]
