--TEST--
When the database refuses in the middle of a copy or move both files stay as they were
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/src', ['abc', 'BAD'], 'image', 'image/png', 1000);
put('var/dst', ['old', 'one'], 'old', 'old/type', 2000);
$before = [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')];
$handler = new eZDBFileHandler('var/src');
$copy = ['fileCopy' => static fn () => $handler->fileCopy('var/src', 'var/dst'), 'fileLinkCopy' => static fn () => $handler->fileLinkCopy('var/src', 'var/dst', false)];
$move = ['fileMove' => static fn () => $handler->fileMove('var/src', 'var/dst'), 'move' => static fn () => $handler->move('var/dst')];
foreach ([
    ['INSERT', 'ezdbfile_data', "NEW.filedata = 'BAD'", $copy],
    ['DELETE', 'ezdbfile_data', "OLD.filedata = 'one'", $copy + $move],
    ['DELETE', 'ezdbfile', "OLD.name = 'var/dst'", $copy + $move],
] as [$event, $table, $when, $calls]) {
    // Where a name has one row it is overwritten, not removed.
    break_on(by_hash() && $table === 'ezdbfile' ? 'UPDATE' : $event, $table, $when);
    foreach ($calls as $label => $call) {
        refused("$label, $event on $table", $call, 'var/', '/broken on purpose/');
        if ($before !== [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')] || !unlocked()) {
            echo "changed or locked\n";
        }
    }
    repair();
}
show('works again', [$handler->move('var/dst'), bytes_of('var/dst'), faults()]);
?>
--EXPECT--
fileCopy, INSERT on ezdbfile_data: refused
fileLinkCopy, INSERT on ezdbfile_data: refused
fileCopy, DELETE on ezdbfile_data: refused
fileLinkCopy, DELETE on ezdbfile_data: refused
fileMove, DELETE on ezdbfile_data: refused
move, DELETE on ezdbfile_data: refused
fileCopy, DELETE on ezdbfile: refused
fileLinkCopy, DELETE on ezdbfile: refused
fileMove, DELETE on ezdbfile: refused
move, DELETE on ezdbfile: refused
works again: [true, 'abcBAD', []]
