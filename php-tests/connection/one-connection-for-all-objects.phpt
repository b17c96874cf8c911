--TEST--
500 objects of one request use one connection
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(ownUser: true);
$user = ini_get('ezdbfile.user');
$handlers = [];
for ($i = 0; $i < 500; $i++) {
    $handlers[] = $handler = new eZDBFileHandler("var/$i");
    $handler->storeContents("bytes of $i");
}
foreach ($handlers as $i => $handler) {
    if ($handler->fetchContents() !== "bytes of $i") {
        echo "$i is wrong\n";
    }
}
show('connections now', value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'"));
show('pool', [ezdbfile_status()['pool']['open'], ezdbfile_status()['pool']['connects']]);
?>
--EXPECT--
connections now: 1
pool: [1, 1]
