--TEST--
What is read is one version, also when it is replaced or removed between the reader's steps
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster(['chunk_size' => 1000]);
put('var/a', str_split(str_repeat('a', 100000), 1000), datatype: 'a');
$seen = [];
$swap = static function () {
    static $i = 0;
    $i++;
    db()->begin_transaction();
    replace('var/a', $i < 6 ? str_split(str_repeat('bcdef'[$i - 1], 50000 * $i), 1000) : null);
    db()->commit();
};
$handler = new eZDBFileHandler('var/a');
for ($i = 0; $i < 6; $i++) {
    $text = '';
    ob_start(static function (string $piece) use (&$text, $swap) {
        if ($text === '') {
            $swap();
        }
        $text .= $piece;
        return '';
    }, 2000);
    $returned = $handler->passthrough();
    ob_end_clean();
    show('passed', [$returned, count(array_unique(str_split($text))), $text[0], strlen($text)]);
}
refused('gone', static fn () => $handler->passthrough(), 'var/a', NOT_FOUND);
?>
--EXPECT--
passed: [true, 1, 'a', 100000]
passed: [true, 1, 'b', 50000]
passed: [true, 1, 'c', 100000]
passed: [true, 1, 'd', 150000]
passed: [true, 1, 'e', 200000]
passed: [true, 1, 'f', 250000]
gone: refused
