--TEST--
Every way to delete finds its rows by the index: the server reads few rows of a large table
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
for ($i = 0; $i < 6000; $i++) {
    $name = sprintf('var/cache/%03d/%d', $i % 600, $i);
    $rows[] = "('$name', MD5('$name'), 'viewcache', 'misc', 0, 1000)";
}
put_rows($rows);
db()->query('ANALYZE TABLE ezdbfile')->free();
db()->query('SET GLOBAL userstat = 1');
$cache = 'var/cache/';
$ways = [
    'fileDelete of a file' => static fn ($h) => $h->fileDelete('var/cache/000/0'),
    'fileDelete of a directory' => static fn ($h) => $h->fileDelete('var/cache/001'),
    'delete of a directory' => static fn ($h) => (new eZDBFileHandler('var/cache/002'))->delete(),
    'name part true' => static fn ($h) => $h->fileDelete('var/cache/003', true),
    'name part' => static fn ($h) => $h->fileDelete('var/cache', '004/'),
    'dir list' => static fn ($h) => $h->fileDeleteByDirList(['005', '006'], 'var/cache', ''),
    'wildcard' => static fn ($h) => $h->fileDeleteByWildcard('var/cache/007/*'),
    'wildcard with ?' => static fn ($h) => $h->fileDeleteByWildcard('var/cache/008/?'),
    'regex' => static fn ($h) => $h->fileDeleteByRegex('var/cache/009', '[0-9]+'),
    'purge' => static fn ($h) => (new eZDBFileHandler('var/cache/001'))->purge(),
    'fileExists' => static fn ($h) => $h->fileExists('var/cache/010/10'),
    'fileMove' => static fn ($h) => $h->fileMove('var/cache/010/10', 'var/moved'),
    'fileStoreContents' => static fn ($h) => $h->fileStoreContents('var/cache/011/11', 'x'),
    'getFileList by prefix' => static fn ($h) => $h->getFileList(false, false, false, 'var/cache/012/'),
    'eZDBFile::deleteWildcard' => static fn ($h) => eZDBFile::deleteWildcard('var/cache/013/*'),
    'everything' => static fn ($h) => $h->fileDelete('var'),
];
foreach ($ways as $label => $call) {
    $before = [value("SELECT COUNT(*) FROM ezdbfile WHERE mtime < 0"), value('SELECT COUNT(*) FROM ezdbfile')];
    $user = own_user();
    ini_set('ezdbfile.user', $user);
    $handler = new eZDBFileHandler();
    $call($handler);
    $handler->disconnect();
    $read = static fn () => value("SELECT ROWS_READ FROM information_schema.USER_STATISTICS WHERE USER = '$user'");
    eventually(static fn () => $read() !== null && value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'") === 0);
    $after = [value("SELECT COUNT(*) FROM ezdbfile WHERE mtime < 0"), value('SELECT COUNT(*) FROM ezdbfile')];
    show($label, [$after[0] - $before[0], $after[1] - $before[1], $read() < 300 ? 'few rows read' : ($read() < 3000 ? "{$read()} rows read" : 'many rows read')]);
}
?>
--EXPECT--
fileDelete of a file: [1, 0, 'few rows read']
fileDelete of a directory: [10, 0, 'few rows read']
delete of a directory: [10, 0, 'few rows read']
name part true: [10, 0, 'few rows read']
name part: [10, 0, 'few rows read']
dir list: [20, 0, 'few rows read']
wildcard: [10, 0, 'few rows read']
wildcard with ?: [1, 0, 'few rows read']
regex: [10, 0, 'few rows read']
purge: [-10, -10, 'few rows read']
fileExists: [0, 0, 'few rows read']
fileMove: [0, 0, 'few rows read']
fileStoreContents: [0, 0, 'few rows read']
getFileList by prefix: [0, 0, 'few rows read']
eZDBFile::deleteWildcard: [0, -10, 'few rows read']
everything: [5908, 0, 'many rows read']
