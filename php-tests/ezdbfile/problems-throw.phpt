--TEST--
Where anything goes wrong eZDBFile throws, names the file, and leaves nothing half-done
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster(['chunk_size' => 4]);
thrown('missing local file', static fn () => eZDBFile::storeFile('var/a', 'misc', 'var/local', 'test'), eZDBFileException::class, '/var\/local.*no such/is');
foreach (damages() as $label => $damage) {
    put_damaged("var/$label", $damage);
    foreach (['fetchFile', 'saveToTmpFile', 'saveToFileSystem', 'passThru'] as $method) {
        ob_start();
        try {
            $returned = eZDBFile::$method("var/$label");
            ob_end_clean();
            show("$label, $method", $returned);
        } catch (eZDBFileException $e) {
            ob_end_clean();
            if (!str_contains($e->getMessage(), "var/$label")) {
                show("$label, $method", $e->getMessage());
            }
        }
    }
}
show('files', array_filter(tree(), 'is_file'));
put('var/b', 'old');
break_on('INSERT', 'ezdbfile_data', "NEW.filedata = 'BAD!'");
local('var/bad', 'goodBAD!');
thrown('storeContentToFile', static fn () => eZDBFile::storeContentToFile('var/b', 'goodBAD!', 'test'), eZDBFileException::class, '/var\/b.*broken on purpose/s');
thrown('storeFile', static fn () => eZDBFile::storeFile('var/b', 'misc', 'var/bad', 'test'), eZDBFileException::class, '/broken on purpose/');
repair();
break_on('DELETE', 'ezdbfile', 'TRUE');
foreach (['delete' => 'var/b', 'deleteWildcard' => 'var/b*', 'deleteRegex' => 'var/b'] as $method => $argument) {
    thrown($method, static fn () => eZDBFile::$method($argument), eZDBFileException::class, '/broken on purpose/');
}
repair();
show('unchanged', [bytes_of('var/b'), eZDBFile::fileExists('var/b'), local_bytes('var/bad'), unlocked()]);
db()->query('DROP TABLE ezdbfile_data');
thrown('table gone', static fn () => eZDBFile::fetchFile('var/b'), eZDBFileException::class, '/ezdbfile_data/');
foreach ([[[], 'fetchFile'], [[new stdClass()], 'fetchFile'], [[[]], 'delete']] as [$arguments, $method]) {
    thrown($method . count($arguments), static fn () => eZDBFile::$method(...$arguments), TypeError::class);
}
?>
--EXPECT--
missing local file: eZDBFileException
files: []
storeContentToFile: eZDBFileException
storeFile: eZDBFileException
delete: eZDBFileException
deleteWildcard: eZDBFileException
deleteRegex: eZDBFileException
unchanged: ['old', true, 'goodBAD!', true]
table gone: eZDBFileException
fetchFile0: TypeError
fetchFile1: TypeError
delete1: TypeError
