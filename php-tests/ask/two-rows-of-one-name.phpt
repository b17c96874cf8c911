--TEST--
Of two rows of one name the one with the highest id is the file, everywhere
--SKIPIF--
<?php
if (str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows have ids');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
$setup = static function (int $old, int $new) {
    db()->query('DELETE FROM ezdbfile');
    db()->query('DELETE FROM ezdbfile_data');
    put('var/a', 'the older one', 'oldscope', 'old/type', $old);
    put('var/a', 'newer', 'newscope', 'new/type', $new);
};
$handler = new eZDBFileHandler('var/a');
$setup(2000, 1000);
$handler->loadMetaData(true);
show('metadata', [$handler->size(), $handler->mtime(), $handler->dataType(), $handler->metaData['scope']]);
show('contents', [$handler->fetchContents(), $handler->fileFetchContents('var/a'), local_bytes($handler->fetch()), local_bytes($handler->fetchUnique())]);
$handler->passthrough();
echo "\n";
show('lists', [$handler->getFileList(), $handler->getFileList(['newscope']), $handler->getFileList(['oldscope'])]);
show('eZDBFile', [eZDBFile::fetchFile('var/a'), eZDBFile::fileSize('var/a'), eZDBFile::fileType('var/a')]);

$setup(2000, -1000);
show('newest expired', [$handler->exists(), eZDBFile::fileExists('var/a'), $handler->fetchContents(), $handler->fetchExpiredItems(['newscope'])]);
$setup(-2000, 1000);
show('newest live', [$handler->exists(), eZDBFile::fileExists('var/a'), $handler->fetchContents(), $handler->fetchExpiredItems(['oldscope'])]);

$setup(2000, 1000);
show('copy', [$handler->fileCopy('var/a', 'var/copy'), bytes_of('var/copy'), entry('var/copy')['datatype'], value("SELECT COUNT(*) FROM ezdbfile WHERE name = 'var/copy'")]);
show('move', [$handler->fileMove('var/a', 'var/moved'), bytes_of('var/moved'), $handler->exists(), $handler->fileExists('var/moved')]);
show('old one is not back', [(new eZDBFileHandler('var/a'))->loadMetaData(true), $handler->fileExists('var/a')][1]);
refused('old one cannot be read', static fn () => $handler->fileFetchContents('var/a'), 'var/a', NOT_FOUND);

$setup(2000, 1000);
show('delete', [$handler->delete(), $handler->exists(), $handler->fetchContents()]);
$setup(2000, 1000);
show('store', [$handler->storeContents('stored'), $handler->fetchContents(), faults()]);
$setup(2000, 1000);
show('eZDBFile delete', [eZDBFile::delete('var/a'), value('SELECT COUNT(*) FROM ezdbfile'), faults()]);
$setup(2000, 1000);
put('var/b', 'of b');
show('move over both', [$handler->fileMove('var/b', 'var/a'), $handler->fetchContents(), value('SELECT COUNT(*) FROM ezdbfile'), faults()]);
?>
--EXPECT--
metadata: [5, 1000, 'new/type', 'newscope']
contents: ['newer', 'newer', 'newer', 'newer']
newer
lists: [['var/a'], ['var/a'], []]
eZDBFile: ['newer', 5, 'new/type']
newest expired: [false, false, 'newer', ['var/a']]
newest live: [true, true, 'newer', []]
copy: [true, 'newer', 'new/type', 1]
move: [true, 'newer', false, true]
old one is not back: false
old one cannot be read: refused
delete: [true, false, 'newer']
store: [true, 'stored', []]
eZDBFile delete: [true, 0, []]
move over both: [true, 'of b', 1, []]
