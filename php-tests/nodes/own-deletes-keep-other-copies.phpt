--TEST--
Removing a local copy concerns one node only
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/nodes.inc';
cluster();
on('a', '(new eZDBFileHandler("var/a"))->processCache(null, fn () => "made");');
on('b', '(new eZDBFileHandler("var/a"))->fetch();');
show('removed on a', on('a', '(new eZDBFileHandler("var/a"))->deleteLocal(); return is_file("var/a");'));
show('b', on('b', 'return [is_file("var/a"), (new eZDBFileHandler("var/a"))->processCache($content, $never)];'));
show('a', on('a', 'return [(new eZDBFileHandler("var/a"))->processCache($content, $never), is_file("var/a")];'));
show('changed behind the back of a', on('a', 'file_put_contents("var/a", "tampered"); return (new eZDBFileHandler("var/a"))->processCache($content, $never);'));
?>
--EXPECT--
removed on a: false
b: [true, 'made']
a: ['made', true]
changed behind the back of a: 'made'
