--TEST--
passthrough() writes live and expired files of any content and returns true
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 1000]);
$handler = new eZDBFileHandler();
foreach (['' => '', 'zero' => '0', 'long' => bytes(123456), 'binary' => implode('', array_map('chr', range(0, 255)))] as $name => $bytes) {
    $handler->fileStoreContents("var/$name.x", $bytes);
    foreach (['live', 'expired'] as $state) {
        ob_start();
        $returned = (new eZDBFileHandler("var/$name.x"))->passthrough();
        show("'$name' $state", [$returned, ob_get_clean() === $bytes]);
        $handler->fileDelete("var/$name.x");
    }
}
show('headers', array_values(array_filter(headers_list(), static fn ($header) => !str_starts_with($header, 'X-Powered-By'))));
echo "[";
show(']', (new eZDBFileHandler('var/zero.x'))->passthrough());
?>
--EXPECT--
'' live: [true, true]
'' expired: [true, true]
'zero' live: [true, true]
'zero' expired: [true, true]
'long' live: [true, true]
'long' expired: [true, true]
'binary' live: [true, true]
'binary' expired: [true, true]
headers: []
[0]: true
