--TEST--
No way to delete takes a twin in case, accent or padding, or reads %, _ and \ as pattern
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$ways = [
    'fileDelete' => static fn ($h, $dir) => $h->fileDelete($dir),
    'delete' => static fn ($h, $dir) => (new eZDBFileHandler($dir))->delete(),
    'fileDelete true' => static fn ($h, $dir) => $h->fileDelete($dir, true),
    'fileDelete part' => static fn ($h, $dir) => $h->fileDelete('var', substr($dir, 4) . '/'),
    'dir list' => static fn ($h, $dir) => $h->fileDeleteByDirList([substr($dir, 4)], 'var', ''),
    'dir list suffix' => static fn ($h, $dir) => $h->fileDeleteByDirList(['var'], 'top', substr($dir, 4) . '/'),
    'wildcard' => static fn ($h, $dir) => $h->fileDeleteByWildcard("$dir/*"),
    'regex' => static fn ($h, $dir) => $h->fileDeleteByRegex($dir, '.*'),
    'purge' => static fn ($h, $dir) => (new eZDBFileHandler($dir))->purge(false, false, false, 2000000000),
];
$dirs = ['cache', 'Cache', "cach\u{E9}", 'cache ', 'ca_he', 'caXhe', 'ca%', 'cab', 'ca.he', 'ca+he', "ca'he", 'ca(he', 'ca[he]', 'ca$', 'ca^', 'ca|he'];
foreach ($ways as $label => $delete) {
    $mixed = [];
    foreach ($dirs as $dir) {
        db()->query('DELETE FROM ezdbfile');
        db()->begin_transaction();
        foreach ($dirs as $other) {
            put("var/$other/file", '');
            put("top/var/$other/file", '');
        }
        put("var/{$dir}x", '');
        db()->commit();
        $all = live();
        $delete(new eZDBFileHandler(), "var/$dir");
        $gone = array_values(array_diff($all, live()));
        if ($gone !== [$label === 'dir list suffix' ? "top/var/$dir/file" : "var/$dir/file"]) {
            $mixed[$dir] = $gone;
        }
    }
    show($label, $mixed);
}
?>
--EXPECT--
fileDelete: []
delete: []
fileDelete true: []
fileDelete part: []
dir list: []
dir list suffix: []
wildcard: []
regex: []
purge: []
