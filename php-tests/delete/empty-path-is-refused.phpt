--TEST--
An empty path is refused by every way to delete and to purge: nothing is touched
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a', 'a');
put('b', 'b');
put('', 'no name');
put('/', 'slash');
put('expired', 'c', mtime: -1000);
$before = rows('SELECT * FROM ezdbfile');
local('var/a', 'local');
local('b', 'local');
$handler = new eZDBFileHandler();
foreach ([false, '', '/', '//', '\\'] as $path) {
    $label = dump($path);
    refused("fileDelete $label", static fn () => $handler->fileDelete($path), '', '/empty|path|no name/i');
    refused("fileDelete $label, true", static fn () => $handler->fileDelete($path, true), '', '/empty|path|no name/i');
    refused("fileDelete $label, 'v'", static fn () => $handler->fileDelete($path, 'v'), '', '/empty|path|no name/i');
    refused("delete $label", static fn () => (new eZDBFileHandler($path))->delete(), '', '/empty|path|no name/i');
    refused("fileDeleteByDirList $label", static fn () => $handler->fileDeleteByDirList(['var', 'b', ''], $path, ''), '', '/empty|path|no name/i');
    refused("fileDeleteByWildcard $label", static fn () => $handler->fileDeleteByWildcard($path), '', '/empty|path|wildcard|no name/i');
    refused("fileDeleteByRegex $label", static fn () => $handler->fileDeleteByRegex($path, '.*'), '', '/empty|path|no name/i');
    foreach ([[], [false, false, false, 2000000000]] as $arguments) {
        (new eZDBFileHandler($path))->purge(...$arguments);
        show("purge $label says so", count(warnings()) > 0);
    }
    $handler->fileDeleteLocal($path);
    (new eZDBFileHandler($path))->deleteLocal();
    show("deleteLocal $label says so", count(warnings()) > 0);
}
show('rows unchanged', rows('SELECT * FROM ezdbfile') === $before);
show('local', tree());
?>
--EXPECT--
fileDelete false: refused
fileDelete false, true: refused
fileDelete false, 'v': refused
delete false: refused
fileDeleteByDirList false: refused
fileDeleteByWildcard false: refused
fileDeleteByRegex false: refused
purge false says so: true
purge false says so: true
deleteLocal false says so: true
fileDelete '': refused
fileDelete '', true: refused
fileDelete '', 'v': refused
delete '': refused
fileDeleteByDirList '': refused
fileDeleteByWildcard '': refused
fileDeleteByRegex '': refused
purge '' says so: true
purge '' says so: true
deleteLocal '' says so: true
fileDelete '/': refused
fileDelete '/', true: refused
fileDelete '/', 'v': refused
delete '/': refused
fileDeleteByDirList '/': refused
fileDeleteByWildcard '/': refused
fileDeleteByRegex '/': refused
purge '/' says so: true
purge '/' says so: true
deleteLocal '/' says so: true
fileDelete '//': refused
fileDelete '//', true: refused
fileDelete '//', 'v': refused
delete '//': refused
fileDeleteByDirList '//': refused
fileDeleteByWildcard '//': refused
fileDeleteByRegex '//': refused
purge '//' says so: true
purge '//' says so: true
deleteLocal '//' says so: true
fileDelete '\x5c': refused
fileDelete '\x5c', true: refused
fileDelete '\x5c', 'v': refused
delete '\x5c': refused
fileDeleteByDirList '\x5c': refused
fileDeleteByWildcard '\x5c': refused
fileDeleteByRegex '\x5c': refused
purge '\x5c' says so: true
purge '\x5c' says so: true
deleteLocal '\x5c' says so: true
rows unchanged: true
local: ['b', 'var/', 'var/a']
