--TEST--
Any bytes come back as they were stored: NUL, invalid UTF-8, quotes, "0" and nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 7]);
$contents = [
    'empty' => '', 'zero' => '0', 'false' => 'false', 'NUL' => "\0", 'NULs' => str_repeat("\0", 20), 'all bytes' => implode('', array_map('chr', range(0, 255))),
    'invalid UTF-8' => "\xff\xfe\xc3\x28\xed\xa0\x80", 'UTF-8 cut by chunks' => "12345\u{1F600}\u{1F600}", 'SQL' => "'; DROP TABLE ezdbfile; -- \\' \\",
    'line ends' => "a\r\nb\n\rc\x1a", 'spaces' => "   \t \n ",
];
foreach ($contents as $label => $bytes) {
    $name = "var/$label";
    $handler = new eZDBFileHandler($name);
    $handler->storeContents($bytes);
    ob_start();
    $handler->passthrough();
    $all = [bytes_of($name), $handler->fetchContents(), $handler->fileFetchContents($name), ob_get_clean(), local_bytes($handler->fetch()), eZDBFile::fetchFile($name)];
    local("var/from disk/$label", $bytes);
    $handler->fileStore("var/from disk/$label");
    $all[] = $handler->fileFetchContents("var/from disk/$label");
    show($label, array_values(array_unique($all)) === [$bytes] ? 'the same everywhere' : $all);
}
?>
--EXPECT--
empty: 'the same everywhere'
zero: 'the same everywhere'
false: 'the same everywhere'
NUL: 'the same everywhere'
NULs: 'the same everywhere'
all bytes: 'the same everywhere'
invalid UTF-8: 'the same everywhere'
UTF-8 cut by chunks: 'the same everywhere'
SQL: 'the same everywhere'
line ends: 'the same everywhere'
spaces: 'the same everywhere'
