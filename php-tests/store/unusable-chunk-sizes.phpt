--TEST--
A chunk size that makes no sense does not keep files from being stored whole
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
foreach (['0', '-5', '', 'many', '1'] as $i => $size) {
    $i === 0 ? cluster(['chunk_size' => $size]) : ini_set('ezdbfile.chunk_size', $size);
    $handler = new eZDBFileHandler("var/$i");
    $bytes = bytes(300, $i);
    show(dump($size), [$handler->storeContents($bytes), $handler->fetchContents() === $bytes, bytes_of("var/$i") === $bytes]);
    warnings();
}
show('chunks of one byte', value('SELECT COUNT(*) FROM ezdbfile_data WHERE masterid = ' . id_of('var/4')));
?>
--EXPECT--
'0': [true, true, true]
'-5': [true, true, true]
'': [true, true, true]
'many': [true, true, true]
'1': [true, true, true]
chunks of one byte: 300
