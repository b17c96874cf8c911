--TEST--
A warning is an E_WARNING that names the method, the file and the reason, with awkward bytes made harmless
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/missing');
$handler->fetchContents();
$handler->fileFetch('var/other');
$said = warnings();
show('methods', [str_starts_with($said[0], 'eZDBFileHandler::fetchContents(): var/missing: '), str_starts_with($said[1], 'eZDBFileHandler::fileFetch(): var/other: ')]);
foreach (["var/100%s%n", "var/\u{E9}", 'var/<b>'] as $name) {
    $handler->fileFetchContents($name);
    show('name', [count($said = warnings()), str_contains($said[0], $name)]);
}
$handler->fileFetchContents("var/\xff\n\0x");
show('other bytes', count(warnings()));
show('quiet with @', [@$handler->fetchContents(), warnings()]);
?>
--EXPECT--
methods: [true, true]
name: [1, true]
name: [1, true]
name: [1, true]
other bytes: 1
quiet with @: [false, []]
