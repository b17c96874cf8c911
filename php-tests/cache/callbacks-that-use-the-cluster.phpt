--TEST--
Callbacks may use other handler objects, claim other files and generate inside of each other
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/other', 'other');
put_expired('var/old', 'old');
$outer = new eZDBFileHandler('var/outer');
$result = $outer->processCache(retrieve(), static function ($path) use ($outer) {
    $other = new eZDBFileHandler('var/other');
    show('reads', [$other->fetchContents(), $other->exists(), $other->fileStoreContents('var/stored', 'stored'), $other->fileDelete('var/none'), array_diff(['var/old', 'var/other'], $other->getFileList(['test']))]);
    ob_start();
    $other->passthrough();
    show('output', ob_get_clean());
    $inner = new eZDBFileHandler('var/inner');
    $inside = $inner->processCache(retrieve(), static function () use ($outer, $inner) {
        $third = new eZDBFileHandler('var/old');
        show('claims', [claims(), state($outer), state($inner), $third->startCacheGeneration(), claims()]);
        show('third', [$third->storeCache('made in the third'), claims()]);
        return 'inner';
    });
    show('inner', [$inside, bytes_of('var/inner'), claims(), state($inner)]);
    return 'outer with ' . $inside;
});
show('outer', [$result, bytes_of('var/outer'), claims(), state($outer)]);
show('retrieve', $outer->processCache(static function ($path) {
    return local_bytes($path) . ' and ' . (new eZDBFileHandler('var/inner'))->processCache(retrieve(), never());
}, never()));
show('rows', [live(), expired(), faults(), unlocked()]);
?>
--EXPECT--
reads: ['other', true, true, true, []]
output: 'other'
claims: [['var/inner.generating', 'var/outer.generating'], ['var/outer.generating', 'var/outer'], ['var/inner.generating', 'var/inner'], true, ['var/inner.generating', 'var/old.generating', 'var/outer.generating']]
third: ['made in the third', ['var/inner.generating', 'var/outer.generating']]
inner: ['inner', 'inner', ['var/outer.generating'], ['var/inner', null]]
outer: ['outer with inner', 'outer with inner', [], ['var/outer', null]]
retrieve: 'outer with inner and got inner'
rows: [['var/inner', 'var/old', 'var/other', 'var/outer', 'var/stored'], [], [], true]
