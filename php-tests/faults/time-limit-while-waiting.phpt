--TEST--
A time limit that strikes while the database holds the extension up ends the script as soon as it answers, without another try
--CONFLICTS--
all
--FILE--
<?php
/*
 * PHP counts the time of the processor, which passes for nobody who waits: the signal that its timer would
 * send is sent by the test.
 */
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 1000], ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => (int)value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
$blocked = static fn () => eventually(static function () use ($user) {
    usleep(150000); // who asks more often is given the same answer again
    return (int)value("SELECT COUNT(*) FROM information_schema.INNODB_TRX t
        JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id WHERE p.USER = '$user' AND t.trx_state = 'LOCK WAIT'") === 1;
});
$waits = static fn () => (int)rows("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_waits'")[0]['Value'];
$timeout = value('SELECT @@GLOBAL.innodb_lock_wait_timeout');
at_end(static fn () => admin()->query("SET GLOBAL innodb_lock_wait_timeout = $timeout"));
put('var/a', str_split(bytes(5000), 1000));
put('var/b', 'b');
mkdir('var');
file_put_contents('var/new', 'new');
$prepared = <<<'CODE'
    set_time_limit(1000);
    register_shutdown_function(function () { tell('shut down: ' . (error_get_last()['message'] ?? 'no error')); });
    $handler = new eZDBFileHandler('var/a');
    tell('begins');
    CODE;
$works = [
    'storeContents' => '$handler->storeContents("new");',
    'storeContents with a copy' => '$handler->storeContents("new", "s", "d", true);',
    'fileStore' => '$handler->fileStore("var/new", "s", true);',
    'delete' => '$handler->delete();',
    'fileMove' => '$handler->fileMove("var/a", "var/b");',
    'fileCopy' => '$handler->fileCopy("var/b", "var/a");',
    'purge' => '$handler->purge(false, false, false, time() + 10);',
    'eZDBFile' => '(new eZDBFile)->delete("var/a");',
    'claim' => '$handler->startCacheGeneration();',
];
$before = [live(), expired(), bytes_of('var/a'), bytes_of('var/b')];
foreach (['held' => 1, 'let go' => 1000] as $how => $limit) {
    db()->query("SET GLOBAL innodb_lock_wait_timeout = $limit");
    foreach ($works as $label => $code) {
        $count = $waits();
        db()->begin_transaction();
        db()->query('SELECT * FROM ezdbfile FOR UPDATE')->free();
        $process = Process::start("$prepared\n$code\ntell('goes on');", ['-d', 'display_errors=0']);
        $begins = $process->hear();
        $seen = $blocked();
        posix_kill($process->pid(), SIGPROF);
        if ($how === 'let go') {
            db()->rollback();
        }
        $said = $process->hear();
        $rest = $process->finish();
        if ($how === 'held') {
            db()->rollback();
        }
        $gone = eventually(static fn () => $connections() === 0);
        $whole = [$gone, faults(), claims(), unlocked(), array_values(array_filter(tree(), fn ($path) => str_contains($path, '.tmp')))] === [true, [], [], true, []];
        $same = [live(), expired(), bytes_of('var/a'), bytes_of('var/b')] === $before;
        show("$label, $how", [$begins, $seen, $said, $whole, ...($how === 'held' ? [$same, $waits() - $count] : [])]);
        db()->query('DELETE FROM ezdbfile');
        db()->query('DELETE FROM ezdbfile_data');
        put('var/a', str_split(bytes(5000), 1000));
        put('var/b', 'b');
    }
}

// Waiting for somebody else's claim ends at once.
$maker = Process::obedient(kernel_code(claims_last(1000)) . '$handler = new eZDBFileHandler("var/cache");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
$waiter = Process::start(kernel_code(claims_last(1000)) . "$prepared\n(new eZDBFileHandler('var/cache'))->processCache(fn () => 'got', fn () => 'made'); tell('goes on');", ['-d', 'display_errors=0']);
show('waiter', [$waiter->hear(), waiting()]);
posix_kill($waiter->pid(), SIGPROF);
show('ends', [$waiter->hear(), (bool)$waiter->finish(), claims()]);
show('maker', [$maker->run('return $handler->storeCache("made by the maker");'), $maker->finish(), claims(), bytes_of('var/cache')]);
?>
--EXPECT--
storeContents, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
storeContents with a copy, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
fileStore, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
delete, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
fileMove, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
fileCopy, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
purge, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
eZDBFile, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
claim, held: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true, true, 1]
storeContents, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
storeContents with a copy, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
fileStore, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
delete, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
fileMove, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
fileCopy, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
purge, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
eZDBFile, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
claim, let go: ['begins', true, 'shut down: Maximum execution time of 1000 seconds exceeded', true]
maker: true
waiter: ['begins', true]
ends: ['shut down: Maximum execution time of 1000 seconds exceeded', true, ['var/cache.generating']]
maker: ['made by the maker', '', [], 'made by the maker']
