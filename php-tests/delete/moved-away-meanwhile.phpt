--TEST--
A file that another process moves out of the way of a delete or purge stays as it is under its new name
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
foreach ([
    'fileDelete' => '(new eZDBFileHandler())->fileDelete("var/c");',
    'fileDelete of the file' => '(new eZDBFileHandler())->fileDelete("var/c/d");',
    'name part' => '(new eZDBFileHandler())->fileDelete("var", "c/");',
    'dir list' => '(new eZDBFileHandler())->fileDeleteByDirList(["c"], "var", "");',
    'wildcard' => '(new eZDBFileHandler())->fileDeleteByWildcard("var/c/*");',
    'regex' => '(new eZDBFileHandler())->fileDeleteByRegex("var/c", ".*");',
    'purge by age' => '(new eZDBFileHandler("var/c"))->purge(false, false, false, 2000000000);',
    'eZDBFile delete' => 'eZDBFile::delete("var/c/d");',
    'eZDBFile wildcard' => 'eZDBFile::deleteWildcard("var/c/*");',
    'eZDBFile regex' => 'eZDBFile::deleteRegex("var/c/");',
] as $label => $code) {
    db()->query('DELETE FROM ezdbfile');
    db()->query('DELETE FROM ezdbfile_data');
    put('var/c/d', 'moved');
    db()->begin_transaction();
    rename_row('var/c/d', 'var/keep');
    $process = start_child_into_lock($code);
    db()->commit();
    proc_close($process);
    show($label, [live(), expired(), bytes_of('var/keep'), faults()]);
}
?>
--EXPECT--
fileDelete: [['var/keep'], [], 'moved', []]
fileDelete of the file: [['var/keep'], [], 'moved', []]
name part: [['var/keep'], [], 'moved', []]
dir list: [['var/keep'], [], 'moved', []]
wildcard: [['var/keep'], [], 'moved', []]
regex: [['var/keep'], [], 'moved', []]
purge by age: [['var/keep'], [], 'moved', []]
eZDBFile delete: [['var/keep'], [], 'moved', []]
eZDBFile wildcard: [['var/keep'], [], 'moved', []]
eZDBFile regex: [['var/keep'], [], 'moved', []]
