--TEST--
A missing or expired source gives false and changes nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/expired', 'stale', mtime: -1000);
put('var/dst', 'kept');
$before = [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')];
$handler = new eZDBFileHandler();
foreach (['var/missing', 'var/expired', '', false] as $source) {
    show(dump($source), [
        $handler->fileCopy($source, 'var/dst'), $handler->fileLinkCopy($source, 'var/dst', true), $handler->fileMove($source, 'var/dst'), (new eZDBFileHandler($source))->move('var/dst'),
        $handler->fileCopy($source, 'var/new'), $handler->fileMove($source, 'var/new'),
    ]);
}
foreach (['', false, '/'] as $destination) {
    show('to ' . dump($destination), [$handler->fileCopy('var/dst', $destination), $handler->fileMove('var/dst', $destination)]);
}
warnings();
show('unchanged', [$before === [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')], unlocked()]);
?>
--EXPECT--
'var/missing': [false, false, false, false, false, false]
'var/expired': [false, false, false, false, false, false]
'': [false, false, false, false, false, false]
false: [false, false, false, false, false, false]
to '': [false, false]
to false: [false, false]
to '/': [false, false]
unchanged: [true, true]
