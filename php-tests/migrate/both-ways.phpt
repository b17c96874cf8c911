--TEST--
ezdbfile_migrate() converts the tables to the other layout and back; objects that are there go on
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
$here = by_hash() ? 'hash' : 'id';
$there = by_hash() ? 'id' : 'hash';
put('var/live', str_repeat('x', 70000), mtime: 1000);
put('var/dead', 'gone', mtime: -1000);
$before = new eZDBFileHandler('var/live');
$before->fetchContents();
show('nothing to do', ezdbfile_migrate($here));
show('done', ezdbfile_migrate($there));
show('layout', ezdbfile_status()['layout'] === $there);
show('an object of before', strlen($before->fetchContents()));
$before->storeContents('next', 'scope', 'type');
show('live', (new eZDBFileHandler('var/live'))->fetchContents());
show('expired', [(new eZDBFileHandler('var/dead'))->exists(), (new eZDBFileHandler('var/dead'))->fetchContents()]);
try {
    ezdbfile_migrate($here);
} catch (eZDBFileException $refused) {
    show('old tables', $refused->getMessage());
}
db()->query('DROP TABLE ezdbfile_data_old');
db()->query('DROP TABLE ezdbfile_old');
put_damaged_now();
$stopped = ezdbfile_migrate($here);
show('stopped', [$stopped['done'], $stopped['damaged'], $stopped['problems']]);
show('left', ezdbfile_migrate($here, true)['done']);
show('layout', ezdbfile_status()['layout'] === $here);
show('live', (new eZDBFileHandler('var/live'))->fetchContents());
foreach ([['no'], []] as $arguments) {
    try {
        ezdbfile_migrate(...$arguments);
    } catch (Error $error) {
        show(get_class($error), $error->getMessage());
    }
}

// In the layout that the tables have now, which is not that of the test.
function put_damaged_now(): void
{
    (new eZDBFileHandler('var/damaged'))->storeContents('content', 'scope', 'type');
    db()->query("UPDATE ezdbfile SET size = 8 WHERE name = 'var/damaged'");
}
?>
--EXPECT--
nothing to do: ['done' => true, 'files' => 0, 'bytes' => 0, 'damaged' => 0, 'left_behind' => 0, 'problems' => []]
done: ['done' => true, 'files' => 2, 'bytes' => 70004, 'damaged' => 0, 'left_behind' => 0, 'problems' => []]
layout: true
an object of before: 70000
live: 'next'
expired: [false, 'gone']
old tables: 'the table ezdbfile_old is in the way, perhaps of an earlier migration: drop or rename it first'
stopped: [false, 1, [['name' => 'var/damaged', 'text' => 'its data rows have 7 bytes, its size is 8']]]
left: true
layout: true
live: 'next'
ValueError: 'ezdbfile_migrate(): Argument #1 ($to) must be 'id' or 'hash', 'no' given'
ArgumentCountError: 'ezdbfile_migrate() expects at least 1 argument, 0 given'
