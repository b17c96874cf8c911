--TEST--
A file whose chunks and size do not add up is read as a whole or not at all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
foreach (damages() as $label => $damage) {
    $name = "var/$label.txt";
    put_damaged($name, $damage);
    foreach (readers() as $reader => $read) {
        refused("$label, $reader", static fn () => $read($name), $name, DAMAGED);
    }
}
show('files left', array_filter(tree(), 'is_file'));
put('var/good.txt', ['aaaa', 'bbbb']);
show('others are fine', [(new eZDBFileHandler('var/good.txt'))->fetchContents(), (new eZDBFileHandler('var/good.txt'))->fetch()]);
?>
--EXPECT--
first chunk gone, fileFetch: refused
first chunk gone, fetch: refused
first chunk gone, fetch(true): refused
first chunk gone, fetchUnique: refused
first chunk gone, fileFetchContents: refused
first chunk gone, fetchContents: refused
first chunk gone, passthrough: refused
last chunk gone, fileFetch: refused
last chunk gone, fetch: refused
last chunk gone, fetch(true): refused
last chunk gone, fetchUnique: refused
last chunk gone, fileFetchContents: refused
last chunk gone, fetchContents: refused
last chunk gone, passthrough: refused
all chunks gone, fileFetch: refused
all chunks gone, fetch: refused
all chunks gone, fetch(true): refused
all chunks gone, fetchUnique: refused
all chunks gone, fileFetchContents: refused
all chunks gone, fetchContents: refused
all chunks gone, passthrough: refused
size too large, fileFetch: refused
size too large, fetch: refused
size too large, fetch(true): refused
size too large, fetchUnique: refused
size too large, fileFetchContents: refused
size too large, fetchContents: refused
size too large, passthrough: refused
size too small, fileFetch: refused
size too small, fetch: refused
size too small, fetch(true): refused
size too small, fetchUnique: refused
size too small, fileFetchContents: refused
size too small, fetchContents: refused
size too small, passthrough: refused
size a chunk too small, fileFetch: refused
size a chunk too small, fetch: refused
size a chunk too small, fetch(true): refused
size a chunk too small, fetchUnique: refused
size a chunk too small, fileFetchContents: refused
size a chunk too small, fetchContents: refused
size a chunk too small, passthrough: refused
size zero, fileFetch: refused
size zero, fetch: refused
size zero, fetch(true): refused
size zero, fetchUnique: refused
size zero, fileFetchContents: refused
size zero, fetchContents: refused
size zero, passthrough: refused
a chunk too many, fileFetch: refused
a chunk too many, fetch: refused
a chunk too many, fetch(true): refused
a chunk too many, fetchUnique: refused
a chunk too many, fileFetchContents: refused
a chunk too many, fetchContents: refused
a chunk too many, passthrough: refused
a chunk cut, fileFetch: refused
a chunk cut, fetch: refused
a chunk cut, fetch(true): refused
a chunk cut, fetchUnique: refused
a chunk cut, fileFetchContents: refused
a chunk cut, fetchContents: refused
a chunk cut, passthrough: refused
files left: []
others are fine: ['aaaabbbb', 'var/good.txt']
