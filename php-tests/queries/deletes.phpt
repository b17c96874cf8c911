--TEST--
A delete is one statement where names are bytes, which waits for nobody; two where somebody is in the way
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/statements.inc';
cluster(ownUser: true);
$handler = new eZDBFileHandler();
foreach (['var/a', 'var/a/1', 'var/b/1-x', 'var/b/1-y', 'var/b/2-x', 'var/c'] as $path) {
    put($path, 'x');
}
/** What they are, in a word each. */
$kinds = static fn (callable $job): string => implode(' ', array_map(
    static fn (string $sql): string => match (true) {
        str_starts_with($sql, 'SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR UPDATE ezdbfile') => 'at-once',
        str_starts_with($sql, 'SELECT') => 'find',
        str_starts_with($sql, 'UPDATE ezdbfile FORCE INDEX (PRIMARY)') => 'mark',
        default => $sql,
    },
    statements($job)
));
// Names are bytes on tables of the extension's own; and a server that logs statements locks more than rows.
$at_once = own_tables() && !value("SELECT @@log_bin AND @@binlog_format = 'STATEMENT'");
$expected = static fn (string $kinds, string $otherwise = 'find mark'): string => $at_once ? $kinds : $otherwise;
// What a first use needs is not counted.
$handler->fileDelete('var/nothing');
log_statements();
$jobs = [
    'a file and what is below it' => static fn () => $handler->fileDelete('var/a'),
    'a list of directories' => static fn () => $handler->fileDeleteByDirList(['b', 'none'], 'var', '1-'),
    'a part of a name' => static fn () => $handler->fileDelete('var/b', '2'),
];
foreach ($jobs as $what => $job) {
    $kinds_of_job = $kinds($job);
    show($what, [$kinds_of_job === $expected('at-once') ? 'as expected' : $kinds_of_job, live()]);
}
put('var/b/2-x', 'x');
// Behind the last of those that are meant, in the order of names.
$writer = connect(getenv('EZDB_TEST_ADMIN_USER'), getenv('EZDB_TEST_ADMIN_PASSWORD'));
$writer->select_db(ini_get('ezdbfile.database'));
$writer->query('START TRANSACTION');
$writer->query("UPDATE ezdbfile SET size = size WHERE name = 'var/c'");
$kinds_of_job = $kinds(static fn () => $handler->fileDelete('var/b', '2'));
show('beside a writer', $kinds_of_job === $expected('at-once find mark') ? 'as expected' : $kinds_of_job);
$writer->query('COMMIT');
show('live', live());
$kinds_of_job = $kinds(static fn () => $handler->fileDelete('var/none'));
show('nothing there', $kinds_of_job === $expected('at-once', 'find') ? 'as expected' : $kinds_of_job);
?>
--EXPECT--
a file and what is below it: ['as expected', ['var/b/1-x', 'var/b/1-y', 'var/b/2-x', 'var/c']]
a list of directories: ['as expected', ['var/b/2-x', 'var/c']]
a part of a name: ['as expected', ['var/c']]
beside a writer: 'as expected'
live: ['var/c']
nothing there: 'as expected'
