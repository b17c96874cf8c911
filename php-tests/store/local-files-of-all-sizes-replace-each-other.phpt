--TEST--
Local files of sizes around the chunk size, each replacing each
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/sizes.inc';
cluster(['chunk_size' => 10]);
each_size_over_each(10, static function ($name, $bytes) {
    local($name, $bytes);
    return (new eZDBFileHandler())->fileStore($name, 'test');
});
?>
--EXPECT--
64 of 64 right
faults: []
