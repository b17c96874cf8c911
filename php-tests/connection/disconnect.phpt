--TEST--
disconnect() closes the connection on the server; the next use connects anew, for every object
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
$one = new eZDBFileHandler('var/a');
$two = new eZDBFileHandler('var/a');
$one->storeContents('abc');
show('before', [$connections(), ezdbfile_status()['pool']['open']]);
$one->disconnect();
show('closed', eventually(static fn () => $connections() === 0));
show('twice', [$two->disconnect(), ezdbfile_status()['pool']['open']][1] === 0 || $connections());
show('used again', [$two->fetchContents(), $one->exists(), $connections()]);
show('connects', ezdbfile_status()['pool']['connects']);
?>
--EXPECT--
before: [1, 1]
closed: true
twice: true
used again: ['abc', true, 1]
connects: 2
