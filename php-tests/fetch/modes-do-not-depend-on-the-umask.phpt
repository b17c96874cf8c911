--TEST--
Local copies are 0666 and new directories 0777 whatever the umask; what is there keeps its mode
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a/b/c.txt', 'c');
put('var/a/d/e.txt', 'e');
put('var/top.txt', 'top');
foreach ([077, 0777, 0] as $umask) {
    remove_tree_inside('.');
    umask(0);
    mkdir('var', 0750);
    chmod('var', 0750);
    umask($umask);
    (new eZDBFileHandler('var/a/b/c.txt'))->fetch();
    $unique = (new eZDBFileHandler('var/a/d/e.txt'))->fetchUnique();
    show(decoct($umask), [mode('var'), mode('var/a'), mode('var/a/b'), mode('var/a/b/c.txt'), mode('var/a/d'), mode($unique)]);
    show('umask afterwards', decoct(umask()));
}
umask(022);
local('var/top.txt', 'unknown');
chmod('var/top.txt', 0600);
(new eZDBFileHandler('var/top.txt'))->fetch();
show('replaced', [local_bytes('var/top.txt'), mode('var/top.txt')]);

function remove_tree_inside(string $dir): void
{
    foreach (array_diff(scandir($dir), ['.', '..']) as $name) {
        remove_tree("$dir/$name");
    }
}
?>
--EXPECT--
77: ['750', '777', '777', '666', '777', '666']
umask afterwards: '77'
777: ['750', '777', '777', '666', '777', '666']
umask afterwards: '777'
0: ['750', '777', '777', '666', '777', '666']
umask afterwards: '0'
replaced: ['top', '666']
