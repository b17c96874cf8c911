--TEST--
ezdbfile_serve() sends the whole file when the disk for copies is full, and leaves nothing of the copy behind
--SKIPIF--
<?php
require __DIR__ . '/../inc/skip-tmpfs.inc';
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
$directory = scratch('copies');
mkdir($directory);
exec('mount -t tmpfs -o size=256k tmpfs ' . escapeshellarg($directory), $output, $status);
at_end(static fn () => exec('umount ' . escapeshellarg($directory)));
show('mounted', $status);
$bytes = ['large' => bytes(1000000), 'small' => bytes(50000, 2)];
foreach ($bytes as $name => $content) {
    put("var/site/storage/images/$name.png", $content, 'image', 'image/png');
}
/** Whether the file came whole, and what the log says. */
$serve = static function (string $name) use ($directory, $bytes): array {
    $options = ['-d', 'ezdbfile.sendfile=X-Sendfile', '-d', "ezdbfile.sendfile_dir=\"$directory\""];
    $said = child('$_SERVER["REQUEST_METHOD"] = "GET"; ezdbfile_serve("var/site/storage/images/' . $name . '.png");', $options, scratch('served'));
    $came = file_get_contents(scratch('served'));
    return [$came === '' ? 'nothing' : $came === $bytes[$name], preg_match('/^ezdbfile: no copy for the web server: .*No space left on device/', $said) ? 'full' : $said];
};
$copies = static fn () => array_map(filesize(...), array_values(array_filter(glob("$directory/*/*") ?: [], is_file(...))));
for ($i = 0; $i < 3; $i++) {
    show('the large one', [$serve('large'), $copies()]);
}
show('the small one', [$serve('small'), $copies()]);
show('handed over', [$serve('small'), $copies()]);
show('the large one beside it', [$serve('large'), $copies()]);
?>
--EXPECT--
mounted: 0
the large one: [[true, 'full'], []]
the large one: [[true, 'full'], []]
the large one: [[true, 'full'], []]
the small one: [[true, ''], [50000]]
handed over: [['nothing', ''], [50000]]
the large one beside it: [[true, 'full'], [50000]]
