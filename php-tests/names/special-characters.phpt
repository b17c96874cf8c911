--TEST--
Quotes, spaces, wildcards, regular-expression signs, line ends and 4-byte UTF-8 in names are only bytes
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ["var/it's", 'var/"quoted"', 'var/`tick`', 'var/two words', 'var/ leading', 'var/100%', 'var/under_score', 'var/[a-z]+(b|c)*?^$.{1,2}', 'var/semi;colon--', 'var/#hash',
    'var/:name', 'var/?', 'var/*', "var/line\nend", "var/tab\there", "var/\u{1F600}", "var/\u{4E2D}\u{6587}", 'var/@@version', 'var/${x}', 'var/%s%n%d', "var/\x01\x1a\x7f", 'var/{a,b}', '/absolute/in/the/cluster', 'var/&amp;<b>'];
$handler = new eZDBFileHandler();
foreach ($names as $name) {
    $handler->fileStoreContents($name, "bytes of $name", "scope's");
}
show('rows', [count($names), count(live()), array_diff($names, live()), faults()]);
foreach ($names as $i => $name) {
    $object = new eZDBFileHandler($name);
    $bytes = "bytes of $name";
    $checks = [
        $object->fetchContents() === $bytes,
        $name[0] === '/' || local_bytes($object->fetch()) === $bytes,
        $object->exists(),
        $object->metaData['name'] === $name,
        $handler->getFileList(false, false, false, $name) === [$name],
        $handler->fileCopy($name, "copy/$i$name"),
        bytes_of("copy/$i$name") === $bytes,
        $handler->fileMove("copy/$i$name", "moved/$i$name"),
        bytes_of("moved/$i$name") === $bytes,
        $handler->fileDelete($name),
        array_values(array_intersect(expired(), $names)) === [$name],
        [$object->purge(), true][1],
        $object->metaData === false,
    ];
    if (in_array(false, $checks, true)) {
        show("$name", $checks);
    }
}
show('left', array_intersect($names, array_merge(live(), expired())));
show('moved', [count(live()), faults()]);
?>
--EXPECT--
rows: [24, 24, [], []]
left: []
moved: [24, []]
