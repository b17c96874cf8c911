--TEST--
An expired or outdated file is generated anew; the old datatype and scope do not stay
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$cases = [
    'deleted' => ['UPDATE ezdbfile SET mtime = -mtime', null, null],
    'before expiry' => ['SELECT 1', null, server_time() + 1000],
    'older than ttl' => ['UPDATE ezdbfile SET mtime = mtime - 1000', 500, null],
    'both' => ['UPDATE ezdbfile SET mtime = mtime - 1000', 500, server_time() - 2000],
];
foreach ($cases as $label => [$change, $ttl, $expiry]) {
    foreach (['with', 'without'] as $copy) {
        db()->query('DELETE FROM ezdbfile');
        db()->query('DELETE FROM ezdbfile_data');
        put_fresh('var/a', 'old bytes', 'oldscope', 'old/type');
        $handler = new eZDBFileHandler('var/a');
        $handler->metaData = null;
        $copy === 'with' ? $handler->fetch() : @unlink('var/a');
        db()->query($change);
        $handler->metaData = null;
        $result = $handler->processCache(retrieve(), generate(['content' => $label, 'scope' => 'new', 'datatype' => 'new/type', 'binarydata' => 'new bytes']), $ttl, $expiry);
        $entry = entry('var/a');
        show("$label, $copy local copy", [$result, bytes_of('var/a'), $entry['scope'], $entry['datatype'], $entry['mtime'] >= server_time() - 100, local_bytes('var/a'), Calls::taken()]);
    }
}
show('rows', [live(), expired(), faults()]);
?>
--EXPECT--
deleted, with local copy: ['deleted', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
deleted, without local copy: ['deleted', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
before expiry, with local copy: ['before expiry', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
before expiry, without local copy: ['before expiry', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
older than ttl, with local copy: ['older than ttl', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
older than ttl, without local copy: ['older than ttl', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
both, with local copy: ['both', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
both, without local copy: ['both', 'new bytes', 'new', 'new/type', true, 'new bytes', [['generate', 'var/a.generating']]]
rows: [['var/a'], [], []]
