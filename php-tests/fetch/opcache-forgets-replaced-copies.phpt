--TEST--
A PHP file that was included runs its new code after a fetch, with opcache not looking at times
--SKIPIF--
<?php
if (!extension_loaded('Zend OPcache') && !is_file(ini_get('extension_dir') . '/opcache.so')) die('skip without opcache');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
echo child('
    $handler = new eZDBFileHandler("var/code.php");
    $handler->storeContents("<?php return 1;");
    $handler->fetch();
    echo include "var/code.php";
    file_put_contents("var/code.php", "<?php return 9;");
    echo include "var/code.php", " (opcache does not look at the file)\n";
    $handler->storeContents("<?php return 2;");
    $handler->fetch();
    echo include "var/code.php", "\n";
    $handler->storeContents("<?php return 3;", "x", "php", true);
    echo include "var/code.php", "\n";
', [...(extension_loaded('Zend OPcache') ? [] : ['-d', 'zend_extension=opcache']), '-d', 'opcache.enable_cli=1', '-d', 'opcache.enable=1', '-d', 'opcache.validate_timestamps=0', '-d', 'opcache.file_update_protection=0']);
?>
--EXPECT--
11 (opcache does not look at the file)
2
3
