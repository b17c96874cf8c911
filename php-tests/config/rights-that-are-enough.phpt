--TEST--
Four rights on the two tables are enough for everything but making them, and CREATE on the two is enough for that
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(createTables: false);
$user = own_user('USAGE');
$database = ini_get('ezdbfile.database');
$each = static function (string $statement) use ($user, $database) {
    foreach (['ezdbfile', 'ezdbfile_data'] as $table) {
        db()->query("$statement ON `$database`.`$table` " . (str_starts_with($statement, 'GRANT') ? 'TO' : 'FROM') . " '$user'@'localhost'");
    }
};
// As the README says: CREATE for the time of making the tables.
$each('GRANT SELECT, INSERT, UPDATE, DELETE, CREATE');
show('install', child("ezdbfile_install('" . (by_hash() ? 'hash' : 'id') . "');", ['-d', "ezdbfile.user=$user"]));
$each('REVOKE CREATE');
if (!own_tables()) {
    db()->query('DROP TABLE ezdbfile_data, ezdbfile');
    create_tables();
}
ini_set('ezdbfile.user', $user);
local('var/from', 'of the disk');
$handler = new eZDBFileHandler('var/a');
show('store', [$handler->storeContents(str_repeat('x', 200000)), $handler->fileStore('var/from'), $handler->size(), $handler->fetch()]);
show('copy and move', [$handler->fileCopy('var/a', 'var/b'), $handler->fileMove('var/b', 'var/c'), live()]);
show('lists', [count($handler->getFileList()), $handler->fetchExpiredItems(['UNKNOWN_SCOPE'])]);
show('generate', [(new eZDBFileHandler('var/page'))->processCache(retrieve(), generate('made')), bytes_of('var/page')]);
// A claim that is too old: its maker's connection is ended.
$maker = Process::obedient('$handler = new eZDBFileHandler("var/old");');
show('maker', $maker->run('return $handler->startCacheGeneration();'));
age_claim('var/old', 100);
$taker = new eZDBFileHandler('var/old');
show('taken over', [$taker->startCacheGeneration(), $maker->run('return $handler->checkCacheGenerationTimeout();'), $taker->storeCache('taken'), bytes_of('var/old')]);
show('delete', [$handler->fileDelete('var/c'), $handler->fileDelete('var/a'), $handler->fileDeleteByDirList(['none'], 'var', ''), $handler->fileDeleteByWildcard('var/fr*'), $handler->fileDeleteByRegex('var', 'pag.'), live()]);
(new eZDBFileHandler('var'))->purge();
show('purge', [live(), expired()]);
show('functions', [ezdbfile_check(deep: true, repair: true)['problems'], ezdbfile_status()['layout']]);
show('left', [warnings(), $maker->finish(), claims(), faults(), unlocked()]);
?>
--EXPECTF--
install: ''
store: [true, true, 200000, 'var/a']
copy and move: [true, true, ['var/a', 'var/c', 'var/from']]
lists: [3, []]
generate: ['made', 'made']
maker: true
taken over: [true, false, 'taken', 'taken']
delete: [true, true, true, true, true, ['var/old']]
purge: [['var/old'], []]
functions: [[], '%s']
left: [[], '', [], [], true]
