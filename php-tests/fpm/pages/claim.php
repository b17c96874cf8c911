<?php
// Claims a file and ends in the middle of it, in one of the ways in which requests end.

chdir(getenv('EZDB_FPM_SITE'));
header('Content-Type: text/plain');
$handler = new eZDBFileHandler($_GET['file']);
if ($_GET['claim'] === 'by hand') {
    $claimed = $handler->startCacheGeneration();
    $handler->storeContents('half done');
    finish($claimed);
} else {
    $handler->processCache(null, function () use ($handler) {
        finish($handler->realFilePath !== null);
        return ['binarydata' => 'not to be stored', 'store' => false];
    });
}

function finish(mixed $claimed): void
{
    echo $claimed === true ? "claimed\n" : "not claimed\n";
    if ($_GET['by'] === 'time limit') {
        set_time_limit(1);
    }
    match ($_GET['by']) {
        'the end' => null,
        'exit' => exit,
        'exit in a shutdown function' => register_shutdown_function(fn () => exit),
        'exception' => throw new RuntimeException('thrown on purpose'),
        'error of the compiler' => eval('class Unfinished { abstract function f(); }'),
        'out of memory' => str_repeat('x', 1 << 30),
        'time limit' => loop(),
        'client' => talk(),
        'answer sent before' => fastcgi_finish_request(),
    };
}

function loop(): never
{
    while (true) {
    }
}

/** Until nobody listens any more, when PHP ends the request. */
function talk(): never
{
    while (true) {
        echo str_repeat('x', 10000);
        flush();
    }
}
