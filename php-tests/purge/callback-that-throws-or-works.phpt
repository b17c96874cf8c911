--TEST--
A callback may use the cluster itself; its exception comes through and leaves the finished batches removed
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$handler = new eZDBFileHandler('var/a');
$fill = static function () {
    foreach (range(1, 5) as $i) {
        put("var/a/$i", 'x', mtime: -1000);
    }
};
$fill();
$handler->purge(static function ($path, $count) {
    $other = new eZDBFileHandler("var/log/$count");
    $other->storeContents('purged');
    show('inside', [$count, $other->fetchContents(), $other->fileExists('var/a/5')]);
}, false, 4);
show('after', [expired(), live(), faults()]);

$fill();
thrown('exception', static fn () => $handler->purge(static fn () => throw new LogicException('from the callback'), false, 2), LogicException::class, '/from the callback/');
show('left', [count(expired()), unlocked(), $handler->fileExists('var/log/4')]);
$handler->purge();
show('works again', expired());
?>
--EXPECT--
inside: [4, 'purged', false]
inside: [1, 'purged', false]
after: [[], ['var/log/1', 'var/log/4'], []]
exception: LogicException
left: [3, true, true]
works again: []
