--TEST--
Names with backslashes, as other programs may have stored them, neither break a delete nor go by mistake
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['a\\b', 'a\\%', 'a\\', 'a/b\\c', 'a/b\\', 'a/bc', 'a/b%', 'a/b'] as $name) {
    put($name);
}
$handler = new eZDBFileHandler();
$handler->fileDeleteByRegex('a', 'b\\\\');
show('regex', expired());
$handler->fileDelete('a/b');
show('path', expired());
$handler->fileDelete('a', 'b%');
show('part', expired());
$handler->fileDeleteByWildcard('a?b');
show('wildcard', expired());
show('list', count($handler->getFileList(false, false, false, 'a/b')));
?>
--EXPECT--
regex: ['a/b\x5c', 'a/b\x5cc']
path: ['a/b', 'a/b\x5c', 'a/b\x5cc']
part: ['a/b', 'a/b%', 'a/b\x5c', 'a/b\x5cc']
wildcard: ['a/b', 'a/b%', 'a/b\x5c', 'a/b\x5cc', 'a\x5cb']
list: 5
