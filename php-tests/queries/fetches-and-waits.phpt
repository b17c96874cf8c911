--TEST--
A file that has to be fetched takes one statement, or two where there is an old copy; who is refused asks no more than it must
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/statements.inc';
cluster(ownUser: true);
(new eZDBFileHandler('var/warm-up'))->fetch();
warnings();
put_fresh('var/a', bytes(16384));
put_fresh('var/b', bytes(16384));
put_fresh('var/c', bytes(16384));
mkdir('var');
file_put_contents('var/b', 'older');
put_expired('var/stale', 'stale');
$maker = Process::obedient('$handler = new eZDBFileHandler("var/stale");');
$maker->run('return $handler->startCacheGeneration();');
log_statements();
at_most('fetched', 1, work_of(statements(static fn () => (new eZDBFileHandler('var/a'))->processCache(retrieve(), never()))));
show('fetched bytes', [local_bytes('var/a') === bytes(16384), count(Calls::taken())]);
at_most('fetched over an old copy', 2, work_of(statements(static fn () => (new eZDBFileHandler('var/b'))->processCache(retrieve(), never()))));
show('bytes over an old copy', [local_bytes('var/b') === bytes(16384), count(Calls::taken())]);
at_most('asked for and fetched', 2, work_of(statements(static function () {
    $handler = new eZDBFileHandler('var/c');
    return $handler->exists() && $handler->processCache(retrieve(), never());
})));
show('bytes of it', [local_bytes('var/c') === bytes(16384), count(Calls::taken())]);
at_most('stale, to be fetched', 5, work_of(statements(static fn () => (new eZDBFileHandler('var/stale'))->processCache(retrieve(), never()))));
at_most('stale, on this node', 4, work_of(statements(static fn () => (new eZDBFileHandler('var/stale'))->processCache(retrieve(), never()))));
show('stale', local_bytes('var/stale'));
$maker->run('return $handler->endCacheGeneration(false);');
$maker->finish();
// By the server's counter: its log of statements is not sure to have those of two connections at once.
$executed = static fn (): int => (int) value("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'COM_STMT_EXECUTE'");
// On a node of its own, where no copy is that the maker made.
mkdir('elsewhere');
$waiter = Process::obedient('$handler = new eZDBFileHandler("var/waited-for");', directory: 'elsewhere');
$taken = [];
foreach (['var/alone', 'var/waited-for'] as $path) {
    $maker = Process::obedient("\$handler = new eZDBFileHandler('$path');");
    $maker->run('return $handler->startCacheGeneration();');
    if ($path === 'var/waited-for') {
        $waiter->begin('return $handler->processCache(static fn ($path) => file_get_contents($path), static fn () => "made by the waiter");');
        show('waits', waiting());
    }
    $before = $executed();
    $maker->run('return $handler->storeCache("made by the maker");');
    if ($path === 'var/waited-for') {
        show('waited for', $waiter->hear());
    }
    $taken[] = $executed() - $before;
    $maker->finish();
}
show('looked up and fetched', $taken[1] - $taken[0]);
$waiter->finish();
?>
--EXPECT--
fetched: at most 1
fetched bytes: [true, 1]
fetched over an old copy: at most 2
bytes over an old copy: [true, 1]
asked for and fetched: at most 2
bytes of it: [true, 1]
stale, to be fetched: at most 5
stale, on this node: at most 4
stale: 'stale'
waits: true
waited for: 'made by the maker'
looked up and fetched: 1
