--TEST--
var_dump() and print_r() show the public properties
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'abc');
$handler = new eZDBFileHandler('var/a.txt');
$handler->size();
ob_start();
var_dump($handler);
$dump = ob_get_clean();
foreach (['filePath', 'realFilePath', 'var/a.txt'] as $word) {
    show($word, [str_contains($dump, $word), str_contains(print_r($handler, true), $word)]);
}
show('properties', [get_object_vars($handler)['filePath'], get_object_vars($handler)['realFilePath']]);
?>
--EXPECT--
filePath: [true, true]
realFilePath: [true, true]
var/a.txt: [true, true]
properties: ['var/a.txt', null]
