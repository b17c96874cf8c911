--TEST--
A process killed while it fetches or passes a file through leaves the old local copy, at most one temporary file, and no connection
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => (int)value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
local('var/a', 'old copy');
$bytes = bytes(40000000);
put('var/a', $bytes);
$temporary = static fn () => array_values(array_diff(tree(), ['var/', 'var/a']));
foreach ([SIGKILL, SIGTERM, SIGSEGV] as $signal) {
    $process = Process::start('while (true) { touch("var/a"); (new eZDBFileHandler("var/a"))->fetch(); }');
    $begun = eventually(static fn () => $temporary() !== []);
    $process->kill($signal);
    $gone = eventually(static fn () => $connections() === 0);
    $copy = local_bytes('var/a');
    // Killed at any moment: a whole copy, the old one or a new one.
    show("fetch, $signal", [$begun, $gone, $copy === 'old copy' || $copy === $bytes, count($temporary()) <= 1]);
    array_map(unlink(...), $temporary());

    $pipe = scratch("pipe$signal");
    posix_mkfifo($pipe, 0600);
    $reader = fopen($pipe, 'r+');
    $process = Process::start('$handler = new eZDBFileHandler("var/a"); $out = fopen("' . $pipe . '", "w"); ob_start(function ($piece) use ($out) { fwrite($out, $piece); return ""; }, 4096); $handler->passthrough();');
    $begun = strlen(fread($reader, 4096)) > 0;
    $process->kill($signal);
    show("passthrough, $signal", [$begun, eventually(static fn () => $connections() === 0)]);
}
show('afterwards', [(new eZDBFileHandler('var/a'))->fetchContents() === $bytes, faults(), unlocked()]);
?>
--EXPECT--
fetch, 9: [true, true, true, true]
passthrough, 9: [true, true]
fetch, 15: [true, true, true, true]
passthrough, 15: [true, true]
fetch, 11: [true, true, true, true]
passthrough, 11: [true, true]
afterwards: [true, [], true]
