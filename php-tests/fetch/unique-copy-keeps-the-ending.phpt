--TEST--
fetchUnique() writes a copy of its own beside the real name, with the same ending
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
foreach (['var/a/image.jpg' => '.jpg', 'var/a/archive.tar.gz' => '.gz', 'var/a.b/README' => '', 'var/a/.htaccess' => ''] as $name => $ending) {
    put($name, "bytes of $name");
    $handler = new eZDBFileHandler($name);
    $one = $handler->fetchUnique();
    $two = $handler->fetchUnique();
    show($name, [
        'same directory' => dirname($one) === dirname($name) && dirname($two) === dirname($name),
        'ending' => $ending === '' || str_ends_with($one, $ending) && str_ends_with($two, $ending),
        'unlike' => count(array_unique([$one, $two, $name])),
        'bytes' => [local_bytes($one) === "bytes of $name", local_bytes($two) === "bytes of $name"],
        'real one' => local_bytes($name),
        'no other file' => count(array_filter(scandir(dirname($name)), static fn ($entry) => is_file(dirname($name) . "/$entry"))),
    ]);
    unlink($one);
    unlink($two);
}
?>
--EXPECT--
var/a/image.jpg: ['same directory' => true, 'ending' => true, 'unlike' => 3, 'bytes' => [true, true], 'real one' => null, 'no other file' => 2]
var/a/archive.tar.gz: ['same directory' => true, 'ending' => true, 'unlike' => 3, 'bytes' => [true, true], 'real one' => null, 'no other file' => 2]
var/a.b/README: ['same directory' => true, 'ending' => true, 'unlike' => 3, 'bytes' => [true, true], 'real one' => null, 'no other file' => 2]
var/a/.htaccess: ['same directory' => true, 'ending' => true, 'unlike' => 3, 'bytes' => [true, true], 'real one' => null, 'no other file' => 2]
