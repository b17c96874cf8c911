--TEST--
A claim lives until the very end of the request: shutdown functions and destructors may end it
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$code = [
    'shutdown function' => '$handler = new eZDBFileHandler("var/shutdown function"); $handler->startCacheGeneration();
        register_shutdown_function(function () use ($handler) { tell([$handler->checkCacheGenerationTimeout(), $handler->storeCache("late")]); });',
    'destructor' => 'class Late { public $handler; function __destruct() { tell([$this->handler->checkCacheGenerationTimeout(), $this->handler->storeCache("late")]); } }
        $late = new Late(); $late->handler = $handler = new eZDBFileHandler("var/destructor"); $handler->startCacheGeneration();',
];
foreach ($code as $label => $script) {
    foreach (['', 'exit;', 'throw new LogicException("x");'] as $end) {
        if ($label === 'destructor' && str_contains($end, 'throw')) {
            continue; // PHP calls no destructors then
        }
        $process = Process::start($script . $end, ['-d', 'display_errors=stderr']);
        show("$label, $end", $process->hear());
        $process->finish();
        show('stored', [bytes_of("var/$label"), claims()]);
        (new eZDBFileHandler("var/$label"))->purge(false, false, false, time() + 1000);
    }
}
?>
--EXPECT--
shutdown function, : [true, 'late']
stored: ['late', []]
shutdown function, exit;: [true, 'late']
stored: ['late', []]
shutdown function, throw new LogicException("x");: [true, 'late']
stored: ['late', []]
destructor, : [true, 'late']
stored: ['late', []]
destructor, exit;: [true, 'late']
stored: ['late', []]
