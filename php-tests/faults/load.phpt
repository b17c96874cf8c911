--TEST--
Many processes do everything at random while connections are killed: every read is a version stored whole, every name ends with its last one
--FILE--
<?php
/*
 * A short run by default. EZDB_LOAD_SECONDS, EZDB_LOAD_PROCESSES, EZDB_LOAD_NAMES, EZDB_LOAD_BYTES (the
 * largest file) and EZDB_LOAD_KILLS (milliseconds between two) make it longer, and
 * EZDB_LOAD_REPORT names a file for the figures, as in
 *
 *     EZDB_LOAD_SECONDS=60 EZDB_LOAD_PROCESSES=8 EZDB_LOAD_NAMES=200 EZDB_LOAD_BYTES=3000000 \
 *         php-tests/run.sh phpt faults/load.phpt
 */
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
require __DIR__ . '/../inc/load.inc';
cluster(ownUser: true);
$option = static fn (string $name, int $default): int => (int)(getenv("EZDB_LOAD_$name") ?: $default);
$seconds = $option('SECONDS', 4 * ((int)getenv('EZDB_TEST_SLOWNESS') ?: 1));
$processes = $option('PROCESSES', 4);
$names = $option('NAMES', 30);
$largest = $option('BYTES', 300000);
$pause = $option('KILLS', 40);
$user = ini_get('ezdbfile.user');

mkdir('var');
$running = [];
for ($i = 0; $i < $processes; $i++) {
    $running[] = Process::start('require ' . var_export(__DIR__ . '/../inc/load.inc', true) . "; load_worker($names, $largest, $seconds);");
}
$kills = 0;
for ($over = microtime(true) + $seconds; microtime(true) < $over; usleep($pause * 1000)) {
    $ids = column("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '$user'");
    if ($ids) {
        try {
            db()->query('KILL ' . $ids[array_rand($ids)]);
            $kills++;
        } catch (mysqli_sql_exception) {
            // Gone already.
        }
    }
}
foreach ($running as $process) {
    for ($said = $process->hear(); is_string($said) && str_starts_with($said, 'listed '); $said = $process->hear()) {
        echo $said, "\n";
    }
    $rest = $process->finish();
    if ($said !== 'done' || $rest !== '') {
        show('a process', [$said, $rest]);
    }
}

// The log is as long as the run.
ini_set('memory_limit', '-1');
$log = array_merge(...array_map(static fn ($file) => unserialize(file_get_contents($file)), glob(scratch('log.*'))));
$begun = array_flip(array_merge(...array_map(static fn ($entry) => in_array($entry[2], ['store', 'storeFile', 'generate'], true) ? [$entry[7]] : [], $log)));
$failed = [];
foreach ($log as [, , $kind, , , $done, , $id, $said]) {
    if (($kind === 'store' || $kind === 'storeFile') && $done === false && !str_contains($said, 'could not be asked')) {
        $failed[$id] = $said;
    }
}
$odd = [];
foreach ($log as [, , $kind, $name, , , $version]) {
    if ($version !== null && (!isset($begun[$version]) || isset($failed[$version]))) {
        $odd[] = "$kind of $name gave $version" . (isset($failed[$version]) ? ", whose store failed: $failed[$version]" : '');
    }
}
show('reads that are no stored version', array_slice($odd, 0, 10));

// What changed a name, and how.
$changes = [];
foreach ($log as [$from, $to, $kind, $name, $other, $done, , $id]) {
    $sure = $done === true;
    $entries = match ($kind) {
        'store', 'storeFile' => $done === false && isset($failed[$id]) ? [] : [[$name, 'is', $id]],
        'copy' => $done === null ? [] : [[$other, 'is', null]],
        'move' => $done === null ? [] : [[$other, 'is', null], [$name, 'gone', null]],
        'delete' => [[$name, 'gone', null]],
        'generate' => [[$name, 'is', $id]],
        'purge' => [],
        default => [],
    };
    foreach ($entries as [$changed, $state, $version]) {
        $changes[$changed][] = [$from, $to, $state, $version, $sure && $kind !== 'generate'];
    }
}
$wrong = [];
for ($i = 1; $i <= $names; $i++) {
    $name = "var/load/$i";
    $bytes = entry($name) !== null && entry($name)['mtime'] >= 0 ? bytes_of($name) : null;
    $version = $bytes === null ? null : id_of_version($bytes);
    $list = $changes[$name] ?? [];
    // The change that left it so: nothing that surely happened began after its end.
    $last = max([0, ...array_map(static fn ($change) => $change[4] ? $change[0] : 0, $list)]);
    $fits = $version === null && $list === [] || $version === null && $last === 0;
    foreach ($list as [, $to, $state, $made]) {
        $fits = $fits || $to >= $last && ($version === null ? $state === 'gone' : $state === 'is' && ($made === null || $made === $version));
    }
    if (!$fits) {
        $wrong[] = "$name has " . ($version ?? 'nothing');
    }
}
show('names that do not have their last version', $wrong);
(new eZDBFileHandler())->disconnect();
show('left', [faults(), unlocked(), eventually(static fn () => column("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '$user'") === []), array_values(array_filter(tree(), static fn ($path) => str_contains($path, '.tmp')))]);
show('something happened', [count($log) > 20 * $processes, $kills > 5, count(array_filter($log, static fn ($entry) => $entry[6] !== null)) > 5]);
if ($report = getenv('EZDB_LOAD_REPORT')) {
    $kinds = [];
    foreach ($log as [$from, $to, $kind]) {
        $kinds[$kind] = [($kinds[$kind][0] ?? 0) + 1, max($kinds[$kind][1] ?? 0, intdiv($to - $from, 1000000))];
    }
    ksort($kinds);
    $lines = array_map(static fn ($kind, $of) => "$kind: $of[0], the longest $of[1] ms", array_keys($kinds), $kinds);
    $reasons = array_count_values(array_map(static fn ($said) => preg_replace('/^.*?: var\S+ |\d+/', '', substr($said, 0, 300)), $failed));
    file_put_contents($report, count($log) . " operations, $kills kills, " . count($failed) . ' failed stores: ' . print_r($reasons, true) . implode("\n", $lines) . "\n");
}
?>
--EXPECT--
reads that are no stored version: []
names that do not have their last version: []
left: [[], true, true, []]
something happened: [true, true, true]
