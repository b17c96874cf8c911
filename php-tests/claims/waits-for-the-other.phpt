--TEST--
Who finds nothing stale waits for the generator, and returns what it stored
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$code = '$handler = new eZDBFileHandler("var/a");
    $wait = static fn ($retrieve) => $handler->processCache($retrieve, function ($path) { note("generated"); return ["content" => "made by the waiter", "binarydata" => "waiter"]; });';
$retrieve = 'function ($path, $mtime) { clearstatcache(); return [file_get_contents($path), $mtime === filemtime($path)]; }';
$maker = Process::obedient('$handler = new eZDBFileHandler("var/a");');
$waiter = Process::obedient($code);
foreach (['stores' => '$handler->storeCache("made by the maker")', 'stores nothing' => '$handler->storeCache("")', 'gives up' => '$handler->endCacheGeneration(false)', 'aborts' => '[$handler->abortCacheGeneration(), true][1]', 'ends by hand' => '[$handler->storeContents("by hand"), $handler->endCacheGeneration()][1]'] as $label => $end) {
    $claimed = $maker->run('return $handler->startCacheGeneration();');
    $waiter->begin("return [\$wait($retrieve), warnings()];");
    $waited = waiting();
    $ended = $maker->run("return $end;");
    show("the maker $label", [$claimed, $waited, $ended, $waiter->hear()]);
    show('state', [bytes_of('var/a'), claims(), $waiter->run('$handler->metaData = null; return [$handler->filePath, $handler->realFilePath];')]);
    (new eZDBFileHandler('var/a'))->purge(false, false, false, time() + 1000);
}
show('generated', notes());
show('end', [$maker->finish(), $waiter->finish(), live(), expired(), faults()]);
?>
--EXPECT--
the maker stores: [true, true, 'made by the maker', [['made by the maker', true], []]]
state: ['made by the maker', [], ['var/a', null]]
the maker stores nothing: [true, true, '', [['', true], []]]
state: ['', [], ['var/a', null]]
the maker gives up: [true, true, true, ['made by the waiter', []]]
state: ['waiter', [], ['var/a', null]]
the maker aborts: [true, true, true, ['made by the waiter', []]]
state: ['waiter', [], ['var/a', null]]
the maker ends by hand: [true, true, true, [['by hand', true], []]]
state: ['by hand', [], ['var/a', null]]
generated: ['generated', 'generated']
end: ['', '', [], [], []]
