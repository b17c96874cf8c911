--TEST--
Names that differ in case, accent or a space at the end are different files in every method
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ['var/cache', 'var/Cache', "var/cach\u{E9}", "var/cache\u{301}", 'VAR/cache', 'var/cache ', "var/cache\u{200B}", 'var/ss', "var/\u{DF}"];
$handler = new eZDBFileHandler();
foreach ($names as $name) {
    $handler->fileStoreContents($name, "bytes of $name");
}
show('rows', [value('SELECT COUNT(*) FROM ezdbfile'), faults()]);
foreach ($names as $name) {
    $bytes = "bytes of $name";
    if ($handler->fileFetchContents($name) !== $bytes || local_bytes($handler->fileFetch($name)) !== $bytes || (new eZDBFileHandler($name))->size() !== strlen($bytes)) {
        echo dump($name), " is mixed up\n";
    }
}
$live = static fn () => array_values(array_filter($names, static fn ($name) => $handler->fileExists($name)));
$handler->fileDelete("var/cach\u{E9}");
show('fileDelete', array_values(array_diff($names, $live())));
$handler->fileDelete('VAR');
show('directory', array_values(array_diff($names, $live())));
$handler->fileMove('var/cache', 'var/moved');
$handler->fileCopy('var/ss', 'var/Ss');
show('move and copy', [$handler->fileExists('var/cache'), $handler->fileFetchContents('var/Cache'), bytes_of('var/Ss'), bytes_of("var/\u{DF}")]);
show('missing twin', [$handler->fileExists('var/sS'), $handler->fileExists('VAR/moved'), (new eZDBFileHandler('var/SS'))->metaData]);
show('move to a twin', [$handler->fileMove('var/moved', 'var/MOVED'), $handler->fileExists('var/moved'), bytes_of('var/MOVED')]);
?>
--EXPECT--
rows: [9, []]
fileDelete: ['var/cach\xc3\xa9']
directory: ['var/cach\xc3\xa9', 'VAR/cache']
move and copy: [false, 'bytes of var/Cache', 'bytes of var/ss', 'bytes of var/\xc3\x9f']
missing twin: [false, false, false]
move to a twin: [true, false, 'bytes of var/cache']
