--TEST--
open_basedir keeps local copies where they may be; the cluster is used all the same
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$outside = dirname(getcwd()) . '/outside';
mkdir($outside);
put_fresh("$outside/there", 'fetched');
local("$outside/local", 'local');
$code = '
    $outside = ' . var_export($outside, true) . ';
    $handler = new eZDBFileHandler("$outside/new");
    $made = $handler->processCache(null, function () { return "made"; });
    tell([in_array($made, ["made", false], true), warnings() !== []]);
    $handler = new eZDBFileHandler("$outside/there");
    tell([$handler->fetch(), (bool)$handler->processFile(function ($path) { return "retrieved"; }), $handler->fetchUnique(), warnings() !== []]);
    tell([$handler->fileStore("$outside/local"), warnings() !== []]);
    $handler->fileDeleteLocal("$outside/local");
    $handler = new eZDBFileHandler("var/inside");
    warnings();
    tell([$handler->processCache(null, function () { return "made inside"; }), file_get_contents("var/inside"), $handler->fetchContents(), warnings()]);
';
$allowed = implode(':', [getcwd(), scratch(''), dirname(__DIR__) . '/inc', '/proc/self', '/dev/null']);
$process = Process::start($code, ['-d', "open_basedir=$allowed"]);
foreach (['generated', 'fetched', 'stored', 'inside'] as $label) {
    show($label, $process->hear());
}
show('end', $process->finish());
show('outside', [claims(), tree($outside) === ["$outside/local"], local_bytes("$outside/local"), bytes_of("$outside/local")]);
?>
--EXPECT--
generated: [true, true]
fetched: [false, false, false, true]
stored: [false, true]
inside: ['made inside', 'made inside', 'made inside', []]
end: ''
outside: [[], true, 'local', null]
