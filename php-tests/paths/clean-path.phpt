--TEST--
cleanPath() makes one slash of a run of slashes and backslashes and drops one at the end
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
$paths = ['', '/', '//', '\\', 'a', 'a/', 'a//', 'a\\', 'a/b', 'a//b', 'a\\b', 'a\\\\b', 'a/\\/b', '/a/b/', '\\a', './a', 'a/../b',
    'a b/"c"', "\xff//\x00", "caché\\x"];
foreach ($paths as $path) {
    echo dump($path), ' => ', dump(eZDBFileHandler::cleanPath($path)), "\n";
}
$object = new stdClass();
foreach ([false, true, null, 12, 1.5, ['a//b'], $object] as $value) {
    if (eZDBFileHandler::cleanPath($value) !== $value) {
        echo dump($value), " changed\n";
    }
}
?>
--EXPECT--
'' => ''
'/' => ''
'//' => ''
'\x5c' => ''
'a' => 'a'
'a/' => 'a'
'a//' => 'a'
'a\x5c' => 'a'
'a/b' => 'a/b'
'a//b' => 'a/b'
'a\x5cb' => 'a/b'
'a\x5c\x5cb' => 'a/b'
'a/\x5c/b' => 'a/b'
'/a/b/' => '/a/b'
'\x5ca' => '/a'
'./a' => './a'
'a/../b' => 'a/../b'
'a b/"c"' => 'a b/"c"'
'\xff//\x00' => '\xff/\x00'
'cach\xc3\xa9\x5cx' => 'cach\xc3\xa9/x'
