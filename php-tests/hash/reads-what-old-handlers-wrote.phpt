--TEST--
Rows as handlers of eZ Publish 4.x wrote them are read: any chunks, rows without bytes, flag and time that do not agree
--SKIPIF--
<?php
if (!str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows are kept by hashes');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster(['chunk_size' => 5]);
put_row('var/mixed', ['a', '', 'bcdefghijkl', 'mn', str_repeat('o', 60000)], []);
put_row('var/empty', [''], ['size' => 0]);
put_row('var/no rows', [], []);
put_row('var/multiple', ['abcde', 'fghij', ''], []);
db()->query("UPDATE ezdbfile_data SET `offset` = 10 WHERE `offset` = 11 AND " . chunks_of('var/multiple'));
$expected = ['var/mixed' => 'abcdefghijklmn' . str_repeat('o', 60000), 'var/empty' => '', 'var/no rows' => '', 'var/multiple' => 'abcdefghij'];
foreach ($expected as $name => $bytes) {
    $handler = new eZDBFileHandler($name);
    ob_start();
    $passed = $handler->passthrough();
    show($name, [$passed, ob_get_clean() === $bytes, $handler->fetchContents() === $bytes, local_bytes($handler->fetch()) === $bytes, local_bytes($handler->fetchUnique()) === $bytes]);
}
ob_start();
(new eZDBFileHandler('var/mixed'))->passthrough(2, 14);
show('part', ob_get_clean());

foreach ([[-1000, 1], [-1000, 0], [1000, 1], [1000, 0]] as [$mtime, $expired]) {
    put_row('var/state', ['x'], ['mtime' => $mtime, 'expired' => $expired]);
    $handler = new eZDBFileHandler('var/state');
    $handler->loadMetaData(true);
    show("$mtime, $expired", [$handler->exists(), $handler->mtime(), $handler->metaData['expired'], $handler->fetchContents(), $handler->fetchExpiredItems(['test'])]);
}
foreach (['gap' => "`offset` = 6 WHERE `offset` = 5", 'overlap' => "`offset` = 4 WHERE `offset` = 5"] as $label => $damage) {
    put_row("var/$label", ['abcde', 'fghij'], []);
    db()->query("UPDATE ezdbfile_data SET $damage AND " . chunks_of("var/$label"));
    foreach (readers() as $how => $read) {
        refused("$label, $how", static fn () => $read("var/$label"), "var/$label", "/damaged.*$label/");
    }
}
?>
--EXPECT--
var/mixed: [true, true, true, true, true]
var/empty: [true, true, true, true, true]
var/no rows: [true, true, true, true, true]
var/multiple: [true, true, true, true, true]
part: 'cdefghijklmnoo'
-1000, 1: [false, -1000, 1, 'x', ['var/state']]
-1000, 0: [false, -1000, 1, 'x', ['var/state']]
1000, 1: [false, -1000, 1, 'x', ['var/state']]
1000, 0: [true, 1000, 0, 'x', []]
gap, fileFetch: refused
gap, fetch: refused
gap, fetch(true): refused
gap, fetchUnique: refused
gap, fileFetchContents: refused
gap, fetchContents: refused
gap, passthrough: refused
overlap, fileFetch: refused
overlap, fetch: refused
overlap, fetch(true): refused
overlap, fetchUnique: refused
overlap, fileFetchContents: refused
overlap, fetchContents: refused
overlap, passthrough: refused
