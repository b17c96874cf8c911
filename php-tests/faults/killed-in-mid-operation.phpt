--TEST--
A process killed in the middle of an operation leaves the old version whole, or the new one when it was committing, nothing locked, and no connection
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 1000], ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => (int)value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
$old = bytes(150000, 1);
put('var/a', str_split($old, 50000));
local('var/local', bytes(200000, 2));
// Each of these places waits for a lock that the test has.
$hold = 'ezdb_' . getmypid();
$places = [
    'first row' => 'BEFORE INSERT ON ezdbfile',
    'bytes' => 'BEFORE INSERT ON ezdbfile_data',
    'before COMMIT' => 'AFTER DELETE ON ezdbfile_data',
    'marking' => 'BEFORE UPDATE ON ezdbfile',
];
$operations = [
    'storeContents' => ['first row', 'bytes', 'before COMMIT', '(new eZDBFileHandler("var/a"))->storeContents(str_repeat("x", 100000));'],
    'fileStore' => ['first row', 'bytes', '(new eZDBFileHandler())->fileStore("var/local", "misc", true);'],
    'copy' => ['first row', 'bytes', '(new eZDBFileHandler())->fileCopy("var/a", "var/b");'],
    'move' => [by_hash() ? 'first row' : 'marking', '(new eZDBFileHandler())->fileMove("var/a", "var/b");'],
    'delete' => ['marking', '(new eZDBFileHandler("var/a"))->delete();'],
    'remove' => ['before COMMIT', 'eZDBFile::delete("var/a");'],
    'claim' => ['first row', '(new eZDBFileHandler("var/a"))->startCacheGeneration();'],
    'generate' => ['bytes', 'before COMMIT', '(new eZDBFileHandler("var/a"))->processCache(null, fn () => ["binarydata" => "made"]);'],
];
put('var/old', 'expired', mtime: -1000);
// What goes to the server in one message with the COMMIT, it does to its end.
$committing = by_hash()
    ? ['move' => ['first row'], 'generate' => ['bytes']]
    : ['storeContents' => ['before COMMIT'], 'copy' => ['bytes'], 'move' => ['marking'], 'generate' => ['bytes', 'before COMMIT']];
$new = [
    'storeContents' => ['var/a' => str_repeat('x', 100000)],
    'copy' => ['var/a' => $old, 'var/b' => $old],
    'move' => ['var/b' => $old],
    'generate' => ['var/a' => 'made'],
];
$expire = static fn () => db()->query("UPDATE ezdbfile SET mtime = -ABS(mtime)" . (by_hash() ? ', expired = 1' : '') . " WHERE name = 'var/a'");
foreach ($operations as $label => $parts) {
    $code = array_pop($parts);
    if ($label === 'generate') {
        $expire();
    }
    $before = [live(), expired()];
    foreach ($parts as $place) {
        foreach ([SIGKILL, SIGTERM] as $signal) {
            db()->query("DO GET_LOCK('$hold', 0)");
            db()->query("CREATE TRIGGER hold $places[$place] FOR EACH ROW DO GET_LOCK('$hold', 60)");
            $process = Process::start($code);
            $held = waiting();
            $process->kill($signal);
            db()->query("DO RELEASE_LOCK('$hold')");
            $gone = eventually(static fn () => $connections() === 0);
            db()->query('DROP TRIGGER hold');
            if ($label === 'delete') {
                // One statement, which the server does to its end.
                db()->query("UPDATE ezdbfile SET mtime = ABS(mtime)" . (by_hash() ? ', expired = 0' : '') . " WHERE name = 'var/a'");
            }
            if (in_array($place, $committing[$label] ?? [], true)) {
                $changed = array_key_last($new[$label]);
                eventually(static fn () => bytes_of($changed) === $new[$label][$changed]);
                $files = array_combine($names = array_values(array_diff(live(), claims())), array_map('bytes_of', $names));
                $whole = $files === $new[$label];
                db()->query("DELETE f, d FROM ezdbfile f LEFT JOIN ezdbfile_data d ON " . chunk_join() . " WHERE name IN ('var/a', 'var/b')");
                put('var/a', str_split($old, 50000));
                if ($label === 'generate') {
                    $expire();
                }
            } else {
                $whole = [array_values(array_diff(live(), claims())), expired()] === $before && bytes_of('var/a') === $old;
            }
            $left = [$held, $gone, $whole, faults(), unlocked(), tree()];
            if ($left !== [true, true, true, [], true, ['var/', 'var/local']]) {
                show("$label, $place, $signal", $left);
            }
        }
    }
    show($label, can_be_claimed('var/a') && (new eZDBFileHandler('var/new'))->storeContents('works'));
    (new eZDBFileHandler())->disconnect();
    db()->query("DELETE f, d FROM ezdbfile f JOIN ezdbfile_data d ON " . chunk_join() . " WHERE name = 'var/new'");
    eventually(static fn () => $connections() === 0);
}
?>
--EXPECT--
storeContents: true
fileStore: true
copy: true
move: true
delete: true
remove: true
claim: true
generate: true
