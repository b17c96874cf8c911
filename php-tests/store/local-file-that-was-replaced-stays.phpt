--TEST--
fileStore() with $delete removes no file that took the place of the one that was stored, nor one that grew, and says so
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
foreach (['another file' => null, 'more bytes' => 'of the same file'] as $label => $more) {
    $path = 'var/' . strtr($label, ' ', '-');
    local($path, 'the first');
    // It is read, and waits for the tables.
    db()->query('LOCK TABLES ezdbfile READ, ezdbfile_data READ');
    $process = Process::start("tell((new eZDBFileHandler())->fileStore('$path', 'test', true)); tell(warnings());");
    $waiting = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE 'Waiting for table%'";
    show('waiting', eventually(static fn () => (int) value($waiting) === 1));
    if ($more === null) {
        local('new', 'the second');
        rename('new', $path);
    } else {
        file_put_contents($path, $more, FILE_APPEND);
    }
    db()->query('UNLOCK TABLES');
    $stored = $process->hear();
    show($label, [$stored, (bool) preg_grep('/changed/', $process->hear()), bytes_of($path), local_bytes($path)]);
    $process->finish();
}
local('var/plain', 'plain');
show('plain', [(new eZDBFileHandler())->fileStore('var/plain', 'test', true), bytes_of('var/plain'), local_bytes('var/plain')]);
?>
--EXPECT--
waiting: true
another file: [true, true, 'the first', 'the second']
waiting: true
more bytes: [false, true, null, 'the firstof the same file']
plain: [true, 'plain', null]
