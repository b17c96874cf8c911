--TEST--
When the database refuses in the middle, the old file stays whole and the local file stays too
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 4]);
put('var/a', 'from before', 'old', 'old/type', 1000);
local('var/a', 'goodgoodBADgood');
local('var/new', 'goodgoodBADgood');
$before = [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')];
$handler = new eZDBFileHandler('var/a');
$stores = [
    'fileStore' => [static fn () => $handler->fileStore('var/a', 'image', true, 'image/png'), 'var/a'],
    'fileStore of a new one' => [static fn () => $handler->fileStore('var/new', 'image', true, 'image/png'), 'var/new'],
    'fileStoreContents' => [static fn () => $handler->fileStoreContents('var/a', 'goodgoodBADgood', 'image'), 'var/a'],
    'storeContents' => [static fn () => $handler->storeContents('goodgoodBADgood', 'image', 'misc', true), 'var/a'],
];
foreach ([
    ['INSERT', 'ezdbfile_data', "NEW.filedata LIKE 'BAD%'"],
    ['INSERT', 'ezdbfile_data', 'TRUE'],
    ['INSERT', 'ezdbfile', 'TRUE'],
    ['DELETE', 'ezdbfile', 'TRUE'],
    ['DELETE', 'ezdbfile_data', 'TRUE'],
] as [$event, $table, $when]) {
    // Where a name has one row it is overwritten, not removed.
    break_on(by_hash() && $table === 'ezdbfile' && $event === 'DELETE' ? 'UPDATE' : $event, $table, $when);
    foreach ($stores as $label => [$store, $name]) {
        if ($event === 'DELETE' && $name === 'var/new') {
            continue;
        }
        refused("$label, $event on $table", $store, $name, '/broken on purpose/');
        if ($before !== [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')]) {
            echo "rows have changed\n";
        }
        if (!unlocked()) {
            echo "transaction left open\n";
        }
    }
    repair();
}
show('still there', [$handler->fetchContents(), $handler->mtime()]);
show('local', [tree(), local_bytes('var/a')]);
show('works again', [$handler->fileStore('var/a'), bytes_of('var/a'), faults()]);
?>
--EXPECT--
fileStore, INSERT on ezdbfile_data: refused
fileStore of a new one, INSERT on ezdbfile_data: refused
fileStoreContents, INSERT on ezdbfile_data: refused
storeContents, INSERT on ezdbfile_data: refused
fileStore, INSERT on ezdbfile_data: refused
fileStore of a new one, INSERT on ezdbfile_data: refused
fileStoreContents, INSERT on ezdbfile_data: refused
storeContents, INSERT on ezdbfile_data: refused
fileStore, INSERT on ezdbfile: refused
fileStore of a new one, INSERT on ezdbfile: refused
fileStoreContents, INSERT on ezdbfile: refused
storeContents, INSERT on ezdbfile: refused
fileStore, DELETE on ezdbfile: refused
fileStoreContents, DELETE on ezdbfile: refused
storeContents, DELETE on ezdbfile: refused
fileStore, DELETE on ezdbfile_data: refused
fileStoreContents, DELETE on ezdbfile_data: refused
storeContents, DELETE on ezdbfile_data: refused
still there: ['from before', 1000]
local: [['var/', 'var/a', 'var/new'], 'goodgoodBADgood']
works again: [true, 'goodgoodBADgood', []]
