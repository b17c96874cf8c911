--TEST--
Who is ended while waiting for another's file leaves its maker alone: by signals, by its time limit
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => (int)value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
// PHP counts the time of the processor, which passes for nobody who waits: the signal of its timer is sent by the test.
foreach ([SIGKILL, SIGTERM, SIGPROF] as $signal) {
    $maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
    show('claimed', $maker->run('return $handler->startCacheGeneration();'));
    $waiter = Process::start('set_time_limit(1000);
        register_shutdown_function(function () { tell(preg_match("/Maximum execution time/", error_get_last()["message"] ?? "")); });
        $handler = new eZDBFileHandler("var/a"); $handler->processCache(null, fn () => "by mistake"); tell("goes on");', ['-d', 'display_errors=0']);
    $seen = waiting();
    posix_kill($waiter->pid(), $signal);
    $heard = $signal === SIGPROF ? $waiter->hear() : 1;
    $waiter->finish();
    show("signal $signal", [$seen, $heard, eventually(static fn () => $connections() === 1)]);
    show('the maker', $maker->run('return [$handler->checkCacheGenerationTimeout(), $handler->storeContents("made"), $handler->endCacheGeneration()];'));
    $maker->finish();
    show('left', [eventually(static fn () => $connections() === 0), bytes_of('var/a'), live(), claims(), faults(), unlocked()]);
    eZDBFile::delete('var/a');
    (new eZDBFileHandler())->disconnect();
}
?>
--EXPECT--
claimed: true
signal 9: [true, 1, true]
the maker: [true, true, true]
left: [true, 'made', ['var/a'], [], [], true]
claimed: true
signal 15: [true, 1, true]
the maker: [true, true, true]
left: [true, 'made', ['var/a'], [], [], true]
claimed: true
signal 27: [true, 1, true]
the maker: [true, true, true]
left: [true, 'made', ['var/a'], [], [], true]
