--TEST--
A live entry that cannot be fetched is never retrieved, and nothing is stored over it
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
$id = put_damaged('var/a', SIZE_TOO_LARGE);
db()->query('UPDATE ezdbfile SET mtime = ' . server_time());
$handler = new eZDBFileHandler('var/a');
$result = result($handler->processCache(retrieve(), generate(['content' => 'made', 'binarydata' => 'not stored'])));
show('result', in_array($result, ['failure 3', "'made'"], true) ?: $result);
show('says so', preg_match('/var\/a/', implode("\n", warnings())));
show('calls', in_array(Calls::taken(), [[], [['generate', 'var/a', ['noCache' => true]]]], true));
show('rows', [id_of('var/a') === $id, claims(), local_bytes('var/a'), state($handler)]);
show('processFile', $handler->processFile(never()));
warnings();
?>
--EXPECT--
result: true
says so: 1
calls: true
rows: [true, [], null, ['var/a', null]]
processFile: null
