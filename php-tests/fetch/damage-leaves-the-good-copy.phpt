--TEST--
When the new version is damaged the local copy of the old one stays untouched
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
foreach (damages() as $label => $damage) {
    $name = "var/$label.txt";
    put($name, 'good old bytes');
    (new eZDBFileHandler($name))->fetch();
    $before = [inode($name), local_mtime($name), local_bytes($name)];
    put_damaged($name, $damage);
    foreach (['fileFetch', 'fetch', 'fetch(true)', 'fetchUnique'] as $reader) {
        $returned = readers()[$reader]($name);
        if ($returned !== false || count(warnings()) === 0 || $before !== [inode($name), local_mtime($name), local_bytes($name)]) {
            echo "$label, $reader: ", dump([$returned, local_bytes($name)]), "\n";
        }
    }
}
show('files', array_values(array_filter(tree(), 'is_file')) === sorted_names());
show('bytes', array_unique(array_map('local_bytes', sorted_names())));

function sorted_names(): array
{
    $names = array_map(static fn ($label) => "var/$label.txt", array_keys(damages()));
    sort($names, SORT_STRING);
    return $names;
}
?>
--EXPECT--
files: true
bytes: ['good old bytes']
