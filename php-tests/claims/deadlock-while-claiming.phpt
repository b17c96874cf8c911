--TEST--
A deadlock or a lock wait timeout while claiming counts as refused
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/old', 'old');
foreach (['deadlock' => 1213, 'lock wait timeout' => 1205] as $label => $code) {
    db()->query("CREATE TRIGGER trouble BEFORE INSERT ON ezdbfile FOR EACH ROW
        IF NEW.name LIKE '%.generating' THEN SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = $code, MESSAGE_TEXT = '$label on purpose'; END IF");
    show($label, [(new eZDBFileHandler('var/old'))->processCache(retrieve(), never()), (new eZDBFileHandler('var/new'))->processCache(retrieve(), generate(['content' => 'made', 'binarydata' => 'not stored']))]);
    $handler = new eZDBFileHandler('var/new');
    $left = $handler->startCacheGeneration();
    show('by hand', [is_int($left) && $left >= 1, state($handler), $handler->endCacheGeneration(), claims(), bytes_of('var/new')]);
    repair();
    warnings(); // whether it says so is up to the extension
}
show('calls', Calls::taken());
show('afterwards', [(new eZDBFileHandler('var/new'))->processCache(retrieve(), generate('stored')), live(), expired(), faults(), unlocked()]);
?>
--EXPECT--
deadlock: ['got old', 'made']
by hand: [true, ['var/new', null], false, [], null]
lock wait timeout: ['got old', 'made']
by hand: [true, ['var/new', null], false, [], null]
calls: [['retrieve', 'var/old'], ['generate', 'var/new'], ['retrieve', 'var/old'], ['generate', 'var/new']]
afterwards: ['stored', ['var/new'], ['var/old'], [], true]
