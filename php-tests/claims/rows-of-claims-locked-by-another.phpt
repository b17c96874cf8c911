--TEST--
A claim whose row another transaction holds for too long counts as refused
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/old', 'old');
put_row('var/old.generating', [], ['mtime' => 1000, 'datatype' => 'misc']);
put_row('var/new.generating', [], ['mtime' => 1000, 'datatype' => 'misc']);
$timeout = value('SELECT @@GLOBAL.innodb_lock_wait_timeout');
at_end(static fn () => admin()->query("SET GLOBAL innodb_lock_wait_timeout = $timeout"));
db()->query('SET GLOBAL innodb_lock_wait_timeout = 1');
(new eZDBFileHandler())->disconnect();
db()->begin_transaction();
db()->query("SELECT * FROM ezdbfile WHERE name LIKE '%.generating' FOR UPDATE")->free();
show('stale', (new eZDBFileHandler('var/old'))->processCache(retrieve(), never()));
show('none', (new eZDBFileHandler('var/new'))->processCache(retrieve(), generate(['content' => 'made', 'binarydata' => 'not stored'])));
db()->rollback();
warnings();
show('rows', [expired(), claims(), bytes_of('var/new'), faults(), unlocked()]);
show('calls', Calls::taken());
foreach (['var/old', 'var/new'] as $path) {
    show('afterwards', [(new eZDBFileHandler($path))->processCache(retrieve(), generate('stored')), bytes_of($path)]);
}
show('claims', claims());
?>
--EXPECT--
stale: 'got old'
none: 'made'
rows: [['var/old'], ['var/new.generating', 'var/old.generating'], null, [], true]
calls: [['retrieve', 'var/old'], ['generate', 'var/new']]
afterwards: ['stored', 'stored']
afterwards: ['stored', 'stored']
claims: []
