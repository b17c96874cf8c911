--TEST--
Every write by this process forgets the metadata of the paths it changed
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a.txt');
$other = new eZDBFileHandler();
show('nothing there', $handler->metaData);
$other->fileStoreContents('var/a.txt', 'abc');
show('fileStoreContents', $handler->size());
$handler->storeContents('abcd');
show('storeContents', $handler->size());
local('var/a.txt', 'abcde');
$other->fileStore('var/a.txt');
show('fileStore', $handler->size());
put('var/b.txt', 'copied');
$other->fileCopy('var/b.txt', 'var/a.txt');
show('fileCopy', $handler->size());
put('var/c.txt', 'moved over');
$moved = new eZDBFileHandler('var/c.txt');
show('before fileMove', $moved->size());
$other->fileMove('var/c.txt', 'var/a.txt');
show('fileMove', [$handler->size(), $moved->size()]);
$other->fileDelete('var/a.txt');
show('fileDelete', $handler->mtime() < 0);
foreach ([
    'fileDelete of a directory' => static fn () => $other->fileDelete('var'),
    'fileDelete by part' => static fn () => $other->fileDelete('var', 'a'),
    'fileDeleteByDirList' => static fn () => $other->fileDeleteByDirList(['var'], 'top', 'a'),
    'fileDeleteByWildcard' => static fn () => $other->fileDeleteByWildcard('*a*'),
    'fileDeleteByRegex' => static fn () => $other->fileDeleteByRegex('top', '.*a'),
    'eZDBFile::delete' => static fn () => (new eZDBFile())->delete('top/var/a.txt'),
    'purge' => static fn () => (new eZDBFileHandler('top'))->purge(false, false, false, 2000000000),
] as $label => $call) {
    foreach (['var/a.txt', 'top/var/a.txt'] as $path) {
        $other->fileStoreContents($path, 'abc');
        db()->query('UPDATE ezdbfile SET mtime = 1000');
        (new eZDBFileHandler($path))->loadMetaData(true);
    }
    $call();
    $gone = array_filter(['var/a.txt', 'top/var/a.txt'], static fn ($path) => ((new eZDBFileHandler($path))->mtime() ?? -1) < 0);
    show($label, array_values($gone));
}
?>
--EXPECT--
nothing there: false
fileStoreContents: 3
storeContents: 4
fileStore: 5
fileCopy: 6
before fileMove: 10
fileMove: [10, null]
fileDelete: true
fileDelete of a directory: ['var/a.txt']
fileDelete by part: ['var/a.txt']
fileDeleteByDirList: ['top/var/a.txt']
fileDeleteByWildcard: ['var/a.txt', 'top/var/a.txt']
fileDeleteByRegex: ['top/var/a.txt']
eZDBFile::delete: ['top/var/a.txt']
purge: ['top/var/a.txt']
