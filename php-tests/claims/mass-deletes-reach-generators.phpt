--TEST--
What is generated while a delete takes its claim along comes back to its caller, but is not stored
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$path = 'var/site/cache/content/abc-1.php';
$deletes = [
    'directory' => static fn () => (new eZDBFileHandler())->fileDelete('var/site/cache/content'),
    'everything below' => static fn () => (new eZDBFileHandler())->fileDelete('var/site/cache', true),
    'name part' => static fn () => (new eZDBFileHandler())->fileDelete('var/site/cache/content', 'abc-'),
    'dir list' => static fn () => (new eZDBFileHandler())->fileDeleteByDirList(['content'], 'var/site/cache', 'abc-'),
    'wildcard' => static fn () => (new eZDBFileHandler())->fileDeleteByWildcard('var/site/cache/content/abc-*'),
    'regex' => static fn () => (new eZDBFileHandler())->fileDeleteByRegex('var/site/cache/content', 'abc-'),
    'purge' => static fn () => (new eZDBFileHandler('var/site'))->purge(false, false, false, time() + 1000),
];
foreach ($deletes as $label => $delete) {
    foreach (['missing', 'expired'] as $before) {
        db()->query('DELETE FROM ezdbfile');
        db()->query('DELETE FROM ezdbfile_data');
        $before === 'expired' && put_expired($path, 'old');
        $maker = Process::obedient("\$handler = new eZDBFileHandler('$path');");
        $claimed = $maker->run('return $handler->startCacheGeneration();');
        $deleted = $delete();
        $result = $maker->run('return $handler->storeCache("made of what was deleted");');
        $after = [$claimed, $label === 'purge' || $deleted, $result, live(), claims(), $maker->run('return [$handler->filePath === "' . $path . '", $handler->realFilePath, $handler->exists()];')];
        if ($after !== [true, true, 'made of what was deleted', [], [], [true, null, false]]) {
            show("$label, $before", $after);
        }
        $again = (new eZDBFileHandler($path))->processCache(null, generate("made after $label"));
        if ([$again, bytes_of($path), faults()] !== ["made after $label", "made after $label", []]) {
            show("$label, $before, then", [$again, bytes_of($path), faults()]);
        }
        $maker->finish();
    }
}
// The file alone is deleted: what is being made is newer.
put_expired('var/alone', 'old');
$handler = new eZDBFileHandler('var/alone');
$handler->startCacheGeneration();
(new eZDBFileHandler('var/alone'))->delete();
(new eZDBFileHandler())->fileDelete('var/alone');
show('the file alone', [$handler->checkCacheGenerationTimeout(), $handler->storeCache('new'), bytes_of('var/alone'), $handler->exists(), claims()]);
?>
--EXPECT--
the file alone: [true, 'new', 'new', true, []]
