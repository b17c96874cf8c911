--TEST--
Each of many versions that follow each other at once is the one that is retrieved
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
for ($i = 1; $i <= 20; $i++) {
    $made = (new eZDBFileHandler('var/a.php'))->processCache(null, generate(['content' => $i]));
    $local = (new eZDBFileHandler('var/a.php'))->processCache(static fn ($path) => include $path, never());
    if ($i % 2) {
        unlink('var/a.php');
    } else {
        put_fresh('var/a.php', '<?php return "of another node";');
    }
    $handler = new eZDBFileHandler('var/a.php');
    $handler->metaData = null;
    $next = $handler->processCache(static fn ($path) => include $path, never());
    if ([$made, $local, $next] !== [$i, $i, $i % 2 ? $i : 'of another node']) {
        show("version $i", [$made, $local, $next]);
    }
}
db()->query('UPDATE ezdbfile SET mtime = mtime - 500');
$handler->metaData = null;
show('done', [$handler->processCache(static fn ($path) => include $path, never()), local_mtime('var/a.php') === entry('var/a.php')['mtime']]);
?>
--EXPECT--
done: ['of another node', true]
