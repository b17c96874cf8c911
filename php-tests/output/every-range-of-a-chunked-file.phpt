--TEST--
Every offset and length gives the right bytes, whatever the chunks are
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$bytes = "0123456789\0\xff\r\nxyz";
foreach (['one chunk' => [$bytes], 'even' => str_split($bytes, 4), 'single bytes' => str_split($bytes), 'uneven' => [substr($bytes, 0, 1), '', substr($bytes, 1, 9), substr($bytes, 10)]] as $label => $chunks) {
    put("var/$label", $chunks);
    $handler = new eZDBFileHandler("var/$label");
    $wrong = [];
    for ($offset = 0; $offset <= strlen($bytes); $offset++) {
        for ($length = 0; $length <= strlen($bytes) - $offset + 1; $length++) {
            ob_start();
            $returned = $handler->passthrough($offset, $length);
            if ([$returned, ob_get_clean()] !== [true, substr($bytes, $offset, $length)]) {
                $wrong[] = [$offset, $length];
            }
        }
    }
    show($label, $wrong);
}
?>
--EXPECT--
one chunk: []
even: []
single bytes: []
uneven: []
