--TEST--
fetchContents() asks for huge pages under a large string, and under no small one
--SKIPIF--
<?php
// Without them the kernel refuses what is asked for.
if (!is_dir('/sys/kernel/mm/transparent_hugepage')) die('skip the kernel has no transparent huge pages');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();

/** Bytes of memory that is meant to have huge pages: "hg" among the flags, see proc_pid_smaps(5). */
function asked_for(): int
{
    $bytes = $size = 0;
    foreach (file('/proc/self/smaps') as $line) {
        if (preg_match('/^Size: +(\d+) kB/', $line, $found)) {
            $size = 1024 * $found[1];
        } elseif (preg_match('/^VmFlags:.* hg\b/', $line)) {
            $bytes += $size;
        }
    }
    return $bytes;
}

$sizes = ['small' => 100000, 'large' => 16 << 20];
foreach ($sizes as $name => $size) {
    (new eZDBFileHandler())->fileStoreContents("var/$name", str_repeat('abcdefgh', $size / 8));
}
foreach ($sizes as $name => $size) {
    $before = asked_for();
    $contents = (new eZDBFileHandler("var/$name"))->fetchContents();
    $more = asked_for() - $before;
    show($name, [$contents === str_repeat('abcdefgh', $size / 8), $more > 0 && abs($more - $size) < 4 << 20 ? 'nearly all' : $more]);
    unset($contents);
}
?>
--EXPECT--
small: [true, 0]
large: [true, 'nearly all']
