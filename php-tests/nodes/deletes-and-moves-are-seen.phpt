--TEST--
What one node deletes, purges or moves away the other does not use any more
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/nodes.inc';
cluster();
$changes = [
    'delete' => '(new eZDBFileHandler("var/x/a"))->delete();',
    'fileDelete' => '(new eZDBFileHandler())->fileDelete("var/x");',
    'dir list' => '(new eZDBFileHandler())->fileDeleteByDirList(["x"], "var", "");',
    'delete and purge' => '$handler = new eZDBFileHandler("var/x/a"); $handler->delete(); $handler->purge();',
    'move' => '(new eZDBFileHandler("var/x/a"))->move("var/elsewhere");',
];
foreach ($changes as $label => $change) {
    on('a', '(new eZDBFileHandler("var/x/a"))->processCache(null, fn () => "old");');
    $before = on('b', 'return (new eZDBFileHandler("var/x/a"))->processCache($content, $never);');
    on('a', $change);
    $after = [
        on('b', 'return [(new eZDBFileHandler("var/x/a"))->exists(), (new eZDBFileHandler())->fileExists("var/x/a"), is_file("var/x/a")];'),
        on('b', 'return (new eZDBFileHandler("var/x/a"))->processFile($content);'),
        on('b', 'return (new eZDBFileHandler("var/x/a"))->processCache($content, fn () => "new by b");'),
        on('a', 'return (new eZDBFileHandler("var/x/a"))->processCache($content, $never);'),
    ];
    show($label, [$before, $after]);
}
show('moved', [on('b', 'return (new eZDBFileHandler("var/elsewhere"))->processFile($content);'), faults()]);
?>
--EXPECT--
delete: ['old', [[false, false, true], null, 'new by b', 'new by b']]
fileDelete: ['old', [[false, false, true], null, 'new by b', 'new by b']]
dir list: ['old', [[false, false, true], null, 'new by b', 'new by b']]
delete and purge: ['old', [[false, false, true], null, 'new by b', 'new by b']]
move: ['old', [[false, false, true], null, 'new by b', 'new by b']]
moved: ['old', []]
