--TEST--
Whatever ends a script, its claims are free at once, and the files untouched
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_expired('var/old', 'old');
$ends = [
    'the end' => '',
    'exit' => 'exit;',
    'exit with a status' => 'exit(7);',
    'uncaught exception' => 'throw new LogicException("x");',
    'uncaught error' => 'no_such_function();',
    'error of the compiler' => 'eval("class X { abstract function f(); }");',
    'user error' => 'set_error_handler(null); trigger_error("x", E_USER_ERROR);',
    'memory limit' => 'str_repeat("x", 1 << 30);',
    'time limit' => 'set_time_limit(1); while (true) { }',
    'exit in a shutdown function' => 'register_shutdown_function(function () { exit; });',
    'exception in a shutdown function' => 'register_shutdown_function(function () { throw new LogicException("x"); });',
    'exception in a destructor' => '$GLOBALS["x"] = new class { function __destruct() { throw new LogicException("x"); } };',
    'exit in an output buffer' => 'ob_start(function ($bytes) { exit; }); echo "x";',
];
if (!memory_is_limited()) {
    unset($ends['memory limit']);
}
$ways = [
    'in a callback' => '(new eZDBFileHandler("%s"))->processCache(null, function () { tell("claimed"); %s return ["binarydata" => "x", "store" => false]; });',
    'started by hand' => '$handler = new eZDBFileHandler("%s"); $handler->startCacheGeneration(); tell("claimed"); %s',
    'with bytes stored' => '$handler = new eZDBFileHandler("%s"); $handler->startCacheGeneration(); $handler->storeContents("half done"); tell("claimed"); %s',
    'object gone' => '(new eZDBFileHandler("%s"))->startCacheGeneration(); tell("claimed"); %s',
];
$said = [];
foreach ($ends as $end => $code) {
    foreach ($ways as $way => $frame) {
        foreach (['var/new', 'var/old'] as $path) {
            if ($path === 'var/old' && !in_array($end, ['the end', 'exit', 'memory limit'], true)) {
                continue;
            }
            $process = Process::start(sprintf($frame, $path, $code), ['-d', 'memory_limit=64M', '-d', 'display_errors=stderr']);
            $claimed = $process->hear();
            $said[$end] = $process->finish();
            $free = [$claimed, claims(), can_be_claimed($path), live(), expired(), bytes_of('var/old')];
            if ($free !== ['claimed', [], true, [], ['var/old'], 'old']) {
                show("$end, $way, $path", [$free, $said[$end]]);
            }
        }
    }
}
// That the scripts ended as they were meant to.
foreach (['uncaught exception' => 'LogicException', 'uncaught error' => 'no_such_function', 'error of the compiler' => 'abstract', 'user error' => 'Fatal error', 'memory limit' => 'Allowed memory size', 'time limit' => 'Maximum execution time'] as $end => $sign) {
    if (isset($said[$end]) && !str_contains($said[$end], $sign)) {
        show($end, $said[$end]);
    }
}
show('rows', [claims(), faults(), unlocked()]);
?>
--EXPECT--
rows: [[], [], true]
