--TEST--
A row with the hash of a path but another name is never taken for the file
--SKIPIF--
<?php
if (str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows have ids');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
foreach (['var/foreign', 'var/A'] as $other) {
    show('other name', $other);
    db()->query('DELETE FROM ezdbfile');
    db()->query('DELETE FROM ezdbfile_data');
    $foreign = put_row($other, ['foreign bytes'], ['name_hash' => md5('var/a')]);
    $untouched = static function () use (&$foreign, $other) {
        return rows("SELECT name, mtime, name_hash FROM ezdbfile WHERE id = $foreign") === [['name' => $other, 'mtime' => 1000000000, 'name_hash' => md5('var/a')]]
            && column("SELECT filedata FROM ezdbfile_data WHERE masterid = $foreign") === ['foreign bytes'];
    };
    $handler = new eZDBFileHandler('var/a');
    $handler->loadMetaData(true);
    show('asked', [$handler->exists(), $handler->fileExists('var/a'), $handler->metaData, $handler->size(), eZDBFile::fileExists('var/a'), eZDBFile::fetchFile('var/a')]);
    foreach (readers() as $label => $read) {
        refused($label, static fn () => $read('var/a'), 'var/a', NOT_FOUND);
    }
    show('copy', $handler->fileCopy('var/a', 'var/b'));
    show('move', $handler->fileMove('var/a', 'var/b'));
    warnings();
    show('delete', [$handler->delete(), $handler->fileDelete('var/a'), $untouched()]);
    show('eZDBFile delete', [eZDBFile::delete('var/a'), $untouched()]);
    $handler->purge(false, false, false, 2000000000);
    show('purge', $untouched());

    show('store', [$handler->storeContents('own'), $untouched(), $handler->fetchContents()]);
    put('var/a', 'own, older id');
    db()->query("DELETE FROM ezdbfile_data WHERE masterid = $foreign");
    db()->query("DELETE FROM ezdbfile WHERE id = $foreign");
    $foreign = put_row($other, ['foreign bytes'], ['name_hash' => md5('var/a')]);
    $handler->loadMetaData(true);
    show('foreign row with the highest id', [$handler->size(), $handler->fetchContents(), $handler->exists(), local_bytes($handler->fetch())]);
    show('copy', [$handler->fileCopy('var/a', 'var/b'), bytes_of('var/b'), $untouched()]);
    show('move', [$handler->fileMove('var/a', 'var/c'), bytes_of('var/c'), $untouched()]);
    show('store', [$handler->storeContents('own'), $untouched(), $handler->fetchContents()]);
    show('delete', [$handler->delete(), $handler->exists(), $untouched()]);
    $handler->purge();
    show('purge', [entry('var/a'), $untouched()]);
}
?>
--EXPECT--
other name: 'var/foreign'
asked: [false, false, false, null, false, false]
fileFetch: refused
fetch: refused
fetch(true): refused
fetchUnique: refused
fileFetchContents: refused
fetchContents: refused
passthrough: refused
copy: false
move: false
delete: [true, true, true]
eZDBFile delete: [false, true]
purge: true
store: [true, true, 'own']
foreign row with the highest id: [13, 'own, older id', true, 'own, older id']
copy: [true, 'own, older id', true]
move: [true, 'own, older id', true]
store: [true, true, 'own']
delete: [true, false, true]
purge: [null, true]
other name: 'var/A'
asked: [false, false, false, null, false, false]
fileFetch: refused
fetch: refused
fetch(true): refused
fetchUnique: refused
fileFetchContents: refused
fetchContents: refused
passthrough: refused
copy: false
move: false
delete: [true, true, true]
eZDBFile delete: [false, true]
purge: true
store: [true, true, 'own']
foreign row with the highest id: [13, 'own, older id', true, 'own, older id']
copy: [true, 'own, older id', true]
move: [true, 'own, older id', true]
store: [true, true, 'own']
delete: [true, false, true]
purge: [null, true]
