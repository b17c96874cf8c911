--TEST--
An empty file that another node has stored is retrieved, not generated; an expired one is generated
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/empty', '');
show('empty', (new eZDBFileHandler('var/empty'))->processCache(retrieve(), never()));
show('its copy', [local_bytes('var/empty'), Calls::taken()]);
show('again', (new eZDBFileHandler('var/empty'))->processCache(retrieve(), never()));
Calls::taken();
put_expired('var/expired', '');
show('expired', (new eZDBFileHandler('var/expired'))->processCache(retrieve(), generate(['binarydata' => 'new'])));
show('calls', [Calls::taken(), bytes_of('var/expired')]);
put('var/outdated', '', mtime: 1000);
show('outdated', (new eZDBFileHandler('var/outdated'))->processCache(retrieve(), generate(['binarydata' => 'newer']), 100));
show('calls', [Calls::taken(), bytes_of('var/outdated')]);
show('left', [claims(), faults()]);
?>
--EXPECT--
empty: 'got '
its copy: ['', [['retrieve', 'var/empty']]]
again: 'got '
expired: 'new'
calls: [[['generate', 'var/expired.generating']], 'new']
outdated: 'newer'
calls: [[['generate', 'var/outdated.generating']], 'newer']
left: [[], []]
