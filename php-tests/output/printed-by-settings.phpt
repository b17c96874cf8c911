--TEST--
What autoloaders and settings print or buffer before a file is served does not get into it, or is told
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
put('var/x/storage/images/a.png', 'the file', datatype: 'image/png');
$ini = static fn (string $code) => "
    \$_SERVER['REQUEST_METHOD'] = 'GET';
    spl_autoload_register(static function (\$class) {
        if (\$class !== 'eZINI') { return; }
        class eZINI {
            public static function instance(\$file) { $code; return new self; }
            public function hasVariable(\$group, \$name) { return false; }
            public function variable(\$group, \$name) { return null; }
        }
    });
    \$result = ezdbfile_serve('var/x/storage/images/a.png');
    fwrite(STDERR, ' ' . var_export(\$result, true) . ' ' . count(ob_list_handlers()));";
$said = child($ini('echo "noise"'), ['-d', 'display_errors=stderr']);
show('printed', [substr_count($said, 'noise') > 0, str_contains($said, 'the file'), str_contains($said, 'ezdbfile_serve(): the header was sent already'), str_ends_with($said, 'false 0')]);
show('printed into a buffer', child('ob_start();' . $ini('echo "noise"')));
show('a buffer left open', child($ini('ob_start(); echo "noise"')));
?>
--EXPECT--
printed: [true, false, true, true]
printed into a buffer: 'the file true 0'
a buffer left open: 'the file true 0'
