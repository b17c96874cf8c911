--TEST--
A time limit that strikes while files pass through ends the script as any other
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster(['chunk_size' => 1000]);
put('var/a', str_split(bytes(2000000), 1000));
$said = child('
    register_shutdown_function(function () { fwrite(STDERR, "shutdown " . ((new eZDBFileHandler())->fileExists("var/a") ? "with" : "without") . " the cluster"); });
    $handler = new eZDBFileHandler("var/a");
    set_time_limit(1);
    while (true) {
        $handler->passthrough();
    }', ['-d', 'display_errors=stderr'], '/dev/null');
show('said', [preg_match('/Maximum execution time of 1 second exceeded/', $said), str_ends_with($said, "shutdown with the cluster\nexit status 255")]);
show('unlocked', [unlocked(), (new eZDBFileHandler('var/a'))->exists()]);
?>
--EXPECT--
said: [1, true]
unlocked: [true, true]
