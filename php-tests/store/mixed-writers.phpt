--TEST--
Processes that store, copy, move, delete and purge the same few names leave whole files only
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster(['chunk_size' => 100]);
$children = [];
for ($i = 0; $i < 4; $i++) {
    $children[] = start_child('mt_srand(' . $i . ');
        set_error_handler(function ($level, $message) { if (!preg_match("/no such file|in \d+ tries/", $message)) { echo $message; exit(2); } });
        $names = ["var/a", "var/b", "var/c/d", "var/c/e"];
        $any = function () use ($names) { return $names[mt_rand(0, 3)]; };
        $handler = new eZDBFileHandler();
        for ($i = 0; $i < 150; $i++) {
            switch (mt_rand(0, 6)) {
                case 0: case 1: $handler->fileStoreContents($any(), str_repeat("x", mt_rand(0, 500)), "test"); break;
                case 2: $handler->fileCopy($any(), $any()); break;
                case 3: $handler->fileMove($any(), $any()); break;
                case 4: $handler->fileDelete($any()); break;
                case 5: $handler->fileDelete("var/c"); break;
                case 6: (new eZDBFileHandler("var"))->purge(); break;
            }
        }');
}
show('exit statuses', array_map('proc_close', $children));
foreach (glob(scratch('out*')) as $file) {
    echo file_get_contents($file);
}
show('faults', array_filter(faults(), static fn ($fault) => !str_contains($fault, 'two rows')));
$handler = new eZDBFileHandler();
foreach (array_unique(array_merge(live(), expired())) as $name) {
    if ($handler->fileFetchContents($name) === false) {
        show('unreadable', $name);
    }
}
$handler->fileDelete('var');
(new eZDBFileHandler('var'))->purge();
show('purged', [value('SELECT COUNT(*) FROM ezdbfile'), value('SELECT COUNT(*) FROM ezdbfile_data')]);
?>
--EXPECT--
exit statuses: [0, 0, 0, 0]
faults: []
purged: [0, 0]
