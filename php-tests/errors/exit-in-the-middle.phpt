--TEST--
exit() in a callback, an output buffer or an error handler ends the script in good order
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster(['chunk_size' => 1000]);
put('var/a', str_split(bytes(50000), 1000));
foreach (range(1, 5) as $i) {
    put("var/dead/$i", 'x', mtime: -1000);
}
$start = 'register_shutdown_function(function () { while (ob_get_level()) { ob_end_clean(); } echo "shutdown ", (new eZDBFileHandler())->fileExists("var/a") ? "with" : "without", " the cluster"; });';
show('purge', child($start . '(new eZDBFileHandler("var/dead"))->purge(function () { exit; }, false, 2);'));
show('output', str_ends_with(child($start . 'ob_start(function ($piece) { static $n = 0; if (++$n === 3) { exit; } return ""; }, 5000); (new eZDBFileHandler("var/a"))->passthrough();'), 'shutdown with the cluster'));
show('warning', child($start . 'set_error_handler(function () { exit; }); (new eZDBFileHandler("var/missing"))->fetch();'));
show('uncaught exception', preg_match('/LogicException.*shutdown with the cluster/s', child($start . '(new eZDBFileHandler("var/dead"))->purge(function () { throw new LogicException("x"); }, false, 1);')));
show('rows', [count(expired()), unlocked(), faults()]);
?>
--EXPECT--
purge: 'shutdown with the cluster'
output: true
warning: 'shutdown with the cluster'
uncaught exception: 1
rows: [2, true, []]
