--TEST--
A local copy whose file was deleted or moved away in the cluster is not used
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['deleted' => 'delete', 'purged' => 'purge', 'moved away' => 'move'] as $label => $change) {
    $path = "var/$label";
    put_fresh($path, 'old');
    $handler = new eZDBFileHandler($path);
    $handler->fetch();
    if ($change === 'purge') {
        db()->query('DELETE FROM ezdbfile');
        db()->query('DELETE FROM ezdbfile_data');
    } elseif ($change === 'move') {
        rename_row($path, 'var/elsewhere');
    } else {
        db()->query("UPDATE ezdbfile SET mtime = -mtime" . (by_hash() ? ', expired = 1' : '') . " WHERE name = '$path'");
    }
    $handler->metaData = null;
    show($label, [local_bytes($path), result($handler->processCache(retrieve(), false)), $handler->processFile(never()), $handler->processCache(retrieve(), generate('new'))]);
    show('then', [bytes_of($path), local_bytes($path), Calls::taken()]);
}
?>
--EXPECT--
deleted: ['old', 'failure 2', null, 'new']
then: ['new', 'new', [['generate', 'var/deleted.generating']]]
purged: ['old', 'failure 2', null, 'new']
then: ['new', 'new', [['generate', 'var/purged.generating']]]
moved away: ['old', 'failure 2', null, 'new']
then: ['new', 'new', [['generate', 'var/moved away.generating']]]
