--TEST--
Copying or moving a file that another process replaces takes the old version or the new one, whole
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
foreach (['fileCopy', 'fileMove'] as $method) {
    db()->query('DELETE FROM ezdbfile');
    db()->query('DELETE FROM ezdbfile_data');
    put('var/src', ['the old ', 'version'], 'old', 'old/type', 1000);
    put('var/dst', 'replaced in any case');
    db()->begin_transaction();
    replace('var/src', ['the ', 'new'], 'new', 'new/type', 2000);
    $process = start_child_into_lock("exit((new eZDBFileHandler())->$method('var/src', 'var/dst') ? 0 : 3);");
    db()->commit();
    $status = proc_close($process);
    $state = [$status, entry('var/src')['datatype'] ?? null, bytes_of('var/src'), entry('var/dst')['datatype'], bytes_of('var/dst')];
    $first = $method === 'fileCopy' ? [0, 'new/type', 'the new', 'old/type', 'the old version'] : [0, 'new/type', 'the new', 'old/type', 'the old version'];
    $second = $method === 'fileCopy' ? [0, 'new/type', 'the new', 'new/type', 'the new'] : [0, null, null, 'new/type', 'the new'];
    show($method, in_array($state, [$first, $second], true) ? 'as one after the other' : $state);
    show('faults', faults());
}
?>
--EXPECT--
fileCopy: 'as one after the other'
faults: []
fileMove: 'as one after the other'
faults: []
