--TEST--
A size that no file has is an error, and no memory is taken for it
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require_once __DIR__ . '/../inc/child.inc';
cluster();
/** What is streamed before the damage shows is not looked at here. */
function streamed(): mixed
{
    ob_start();
    $answer = (new eZDBFileHandler('var/a'))->passthrough(0, 5);
    ob_end_clean();
    return $answer;
}
foreach (['4294967296', '1152921504606846976', '9223372036854775807', '9223372036854775808', '18446744073709551615'] as $size) {
    put('var/a', ['abc']);
    db()->query("UPDATE ezdbfile SET size = $size");
    $peak = memory_get_peak_usage();
    refused("$size, to disk", static fn () => (new eZDBFileHandler('var/a'))->fetch(), 'var/a');
    refused("$size, passed through", static fn () => streamed(), 'var/a');
    if ($size === '4294967296') {
        // Such a file can be: the engine decides whether there is so much memory.
        $said = child('(new eZDBFileHandler("var/a"))->fetchContents(); echo "ended";', ['-d', 'memory_limit=64M']);
        show("$size, into memory", !memory_is_limited() || (str_contains($said, 'Allowed memory size') && !str_contains($said, 'ended')));
    } else {
        refused("$size, into memory", static fn () => (new eZDBFileHandler('var/a'))->fetchContents(), 'var/a', DAMAGED);
    }
    show('no memory was taken', memory_get_peak_usage() - $peak < 1000000);
    db()->query('DELETE FROM ezdbfile');
}
show('disk', array_filter(tree(), 'is_file'));
?>
--EXPECT--
4294967296, to disk: refused
4294967296, passed through: refused
4294967296, into memory: true
no memory was taken: true
1152921504606846976, to disk: refused
1152921504606846976, passed through: refused
1152921504606846976, into memory: refused
no memory was taken: true
9223372036854775807, to disk: refused
9223372036854775807, passed through: refused
9223372036854775807, into memory: refused
no memory was taken: true
9223372036854775808, to disk: refused
9223372036854775808, passed through: refused
9223372036854775808, into memory: refused
no memory was taken: true
18446744073709551615, to disk: refused
18446744073709551615, passed through: refused
18446744073709551615, into memory: refused
no memory was taken: true
disk: []
