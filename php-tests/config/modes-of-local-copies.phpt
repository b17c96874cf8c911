--TEST--
Local copies have the modes of site.ini, whatever the umask
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/fetched/a', 'abc');
$modes = static fn (array $settings) => kernel_code(['site.ini' => ['FileSettings' => $settings]]);
$work = '
    umask(027);
    (new eZDBFileHandler("var/fetched/a"))->fetch();
    $unique = (new eZDBFileHandler("var/fetched/a"))->fetchUnique();
    (new eZDBFileHandler("var/stored/a"))->storeContents("x", false, false, true);
    (new eZDBFileHandler("var/made/a"))->processCache(null, fn () => "made");
    foreach (["var", "var/fetched", "var/fetched/a", $unique, "var/stored", "var/stored/a", "var/made", "var/made/a"] as $path) {
        echo decoct(fileperms($path) & 07777), " ";
    }
    echo implode(" ", KernelStandIn::said());';
foreach ([
    'both' => ['StorageFilePermissions' => '0640', 'StorageDirPermissions' => '0750'],
    'no leading zero' => ['StorageFilePermissions' => '600', 'StorageDirPermissions' => '700'],
    'special bits' => ['StorageFilePermissions' => '0660', 'StorageDirPermissions' => '02770'],
    'files only' => ['StorageFilePermissions' => '0604'],
    'directories only' => ['StorageDirPermissions' => '0705'],
    'neither' => [],
    'empty' => ['StorageFilePermissions' => '', 'StorageDirPermissions' => ''],
] as $label => $settings) {
    is_dir('var') && remove_tree('var');
    show($label, rtrim(child($modes($settings) . $work)));
    db()->query("DELETE FROM ezdbfile WHERE name NOT LIKE 'var/fetched%'");
}
?>
--EXPECT--
both: '750 750 640 640 750 640 750 640'
no leading zero: '700 700 600 600 700 600 700 600'
special bits: '2770 2770 660 660 2770 660 2770 660'
files only: '777 777 604 604 777 604 777 604'
directories only: '705 705 666 666 705 666 705 666'
neither: '777 777 666 666 777 666 777 666'
empty: '777 777 666 666 777 666 777 666'
