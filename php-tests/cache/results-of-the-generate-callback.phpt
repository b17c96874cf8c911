--TEST--
What the generate callback returns decides what is stored, how, and what comes back
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$cases = [
    'bytes' => ['binarydata' => 'the bytes'],
    'bytes and content' => ['binarydata' => 'the bytes', 'content' => ['a' => 'list']],
    'scope and datatype' => ['binarydata' => 'the bytes', 'scope' => 'viewcache', 'datatype' => 'text/html'],
    'store true' => ['binarydata' => 'the bytes', 'store' => true],
    'string' => 'a string',
    'empty string' => '',
    'empty bytes' => ['binarydata' => ''],
    'zero' => ['binarydata' => '0', 'content' => '0'],
    'false as content' => ['binarydata' => 'x', 'content' => false],
    'bytes of a number' => ['binarydata' => 17],
    'unknown keys' => ['binarydata' => 'x', 'unknown' => 'y', 5 => 6],
];
foreach ($cases as $label => $made) {
    $handler = new eZDBFileHandler("var/$label");
    $result = $handler->processCache(null, generate($made));
    $entry = entry("var/$label");
    show($label, [$result, bytes_of("var/$label"), $entry['scope'], $entry['datatype'], local_bytes("var/$label") === bytes_of("var/$label"), state($handler)[1]]);
}
show('left', [claims(), faults()]);
?>
--EXPECT--
bytes: ['the bytes', 'the bytes', 'UNKNOWN_SCOPE', 'misc', true, null]
bytes and content: [['a' => 'list'], 'the bytes', 'UNKNOWN_SCOPE', 'misc', true, null]
scope and datatype: ['the bytes', 'the bytes', 'viewcache', 'text/html', true, null]
store true: ['the bytes', 'the bytes', 'UNKNOWN_SCOPE', 'misc', true, null]
string: ['a string', 'a string', 'UNKNOWN_SCOPE', 'misc', true, null]
empty string: ['', '', 'UNKNOWN_SCOPE', 'misc', true, null]
empty bytes: ['', '', 'UNKNOWN_SCOPE', 'misc', true, null]
zero: ['0', '0', 'UNKNOWN_SCOPE', 'misc', true, null]
false as content: [false, 'x', 'UNKNOWN_SCOPE', 'misc', true, null]
bytes of a number: [17, '17', 'UNKNOWN_SCOPE', 'misc', true, null]
unknown keys: ['x', 'x', 'UNKNOWN_SCOPE', 'misc', true, null]
left: [[], []]
