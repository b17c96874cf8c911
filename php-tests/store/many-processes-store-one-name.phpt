--TEST--
Processes that store one name at the same time succeed or give up after several tries, and the file is one of theirs, whole
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster(['chunk_size' => 1000]);
$children = [];
foreach (['a' => 500, 'b' => 3000, 'c' => 2000, 'd' => 5500] as $letter => $size) {
    $children[] = start_child('$handler = new eZDBFileHandler("var/x");
        set_error_handler(function ($level, $message) { if (!preg_match("/in \d+ tries/", $message)) { echo $message; exit(2); } });
        for ($i = $refused = 0; $i < 60; $i++) {
            $refused += !$handler->storeContents(str_repeat("' . $letter . '", ' . $size . '), "test", "' . $letter . '");
        }
        exit($refused > 6 ? 3 : 0);');
}
show('exit statuses', array_map('proc_close', $children));
foreach (glob(scratch('out*')) as $file) {
    echo file_get_contents($file);
}
$handler = new eZDBFileHandler('var/x');
$sizes = ['a' => 500, 'b' => 3000, 'c' => 2000, 'd' => 5500];
$letter = $handler->dataType();
show('whole', $handler->fetchContents() === str_repeat($letter, $sizes[$letter]));
show('faults', array_filter(faults(), static fn ($fault) => !str_contains($fault, 'two rows')));
show('after another store', [$handler->storeContents('last'), $handler->fetchContents(), faults()]);
?>
--EXPECT--
exit statuses: [0, 0, 0, 0]
whole: true
faults: []
after another store: [true, 'last', []]
