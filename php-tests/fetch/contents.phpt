--TEST--
fetchContents() and fileFetchContents() return the bytes
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['empty' => '', 'zero' => '0', 'NUL' => "a\0b", 'long' => bytes(200001)] as $name => $bytes) {
    put("var/$name", $bytes);
    $handler = new eZDBFileHandler("var/$name");
    show("'$name'", [$handler->fetchContents() === $bytes, $handler->fileFetchContents("var/$name") === $bytes]);
}
show('local', tree());
?>
--EXPECT--
'empty': [true, true]
'zero': [true, true]
'NUL': [true, true]
'long': [true, true]
local: []
