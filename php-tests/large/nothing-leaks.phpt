--TEST--
Thousands of calls, good and bad, leave no memory behind
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 1000]);
$bytes = bytes(5000);
$handler = new eZDBFileHandler('var/a');
$handler->storeContents($bytes, 'test', 'misc', true);
put_row('var/damaged', ['x'], ['size' => 9]);
class Sub extends eZDBFileHandler
{
    public $own = [1];
}
$round = static function () use ($handler, $bytes) {
    $handler->storeContents($bytes);
    $handler->fetchContents();
    $handler->fetch(true);
    $handler->metaData = null;
    $metadata = $handler->metaData;
    $handler->loadMetaData(true);
    $object = new Sub('var//other/' . random_int(0, 100000));
    $object->more = [$object->size(), clone $object];
    $object->exists();
    $handler->getFileList(['test'], false, [0, 10], 'var');
    $handler->fileCopy('var/a', 'var/b');
    $handler->fileDeleteByDirList(['x', 'y'], 'none', '');
    $handler->fileDeleteByWildcard('none*{a,b}');
    $handler->purge(static fn () => 1);
    ob_start();
    $handler->passthrough(1, 3000);
    ob_end_clean();
    eZDBFile::fetchFile('var/a');
    ezdbfile_status();
    foreach ([
        static fn () => $handler->fileFetchContents('var/damaged'), static fn () => $handler->fileFetch('var/damaged'), static fn () => $handler->fileStore('var/missing'),
        static fn () => $handler->fileStoreContents([], 'x'), static fn () => $handler->fileDelete(), static fn () => $handler->metaData = 5, static fn () => eZDBFile::fetchFile('var/damaged'),
        static fn () => serialize($handler), static fn () => $handler->fileDeleteByRegex('var', '('), static fn () => $handler->fileDelete(''),
        static fn () => (new eZDBFileHandler('var/a'))->purge(static fn () => throw new LogicException(), false, 1, 2000000000000),
    ] as $call) {
        try {
            $call();
        } catch (Throwable) {
        }
    }
    warnings();
};
$resident = static function () {
    preg_match('/VmRSS:\s+(\d+)/', file_get_contents('/proc/self/status'), $m);
    return (int)$m[1];
};
// Under valgrind, which finds what is lost at once, memory tells nothing.
$counts = memory_is_limited();
for ($i = 0; $i < ($counts ? 250 : 5); $i++) {
    $round();
}
gc_collect_cycles();
$before = [memory_get_usage(), $resident()];
for ($i = 0; $i < ($counts ? 500 : 10); $i++) {
    $round();
}
gc_collect_cycles();
$more = [memory_get_usage() - $before[0], $resident() - $before[1]];
show('memory of PHP', $more[0] < 20000 || !$counts ? 'the same' : "$more[0] bytes more");
show('memory of the process', $more[1] < 1500 || !$counts ? 'the same' : "$more[1] KiB more");
show('open files', count(scandir('/proc/self/fd')) < 30);
?>
--EXPECT--
memory of PHP: 'the same'
memory of the process: 'the same'
open files: true
