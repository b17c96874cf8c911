--TEST--
The claim of a process that was killed is free at once, for waiters and for who comes later
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$kernel = kernel_code(claims_last(3600)); // so that no timeout can be the cause
$generate = 'processCache(function ($path) { return "got " . file_get_contents($path); }, function ($path) { note("generated"); return "made by the second"; })';
foreach (['SIGKILL' => SIGKILL, 'SIGTERM' => SIGTERM, 'SIGSEGV' => SIGSEGV] as $label => $signal) {
    $path = "var/$label";
    $maker = Process::start($kernel . "(new eZDBFileHandler('$path'))->processCache(null, function () { tell('generating'); hear(); });");
    $waiter = Process::obedient($kernel . "\$handler = new eZDBFileHandler('$path');");
    $generating = $maker->hear();
    $waiter->begin("return \$handler->$generate;");
    $waited = waiting();
    $claimed = claim_time($path);
    $maker->kill($signal);
    show($label, [$generating, $waited, $waiter->hear(), server_time() - $claimed < 60]);
    show('state', [claims(), bytes_of($path), $waiter->finish()]);

    $maker = Process::start($kernel . "(new eZDBFileHandler('$path'))->startCacheGeneration(); tell('claimed'); hear();");
    show('nobody waits', [$maker->hear(), can_be_claimed($path), $maker->kill($signal) !== '', eventually(static fn () => can_be_claimed($path)), claims()]);
}
show('generated', [notes(), faults()]);
?>
--EXPECT--
SIGKILL: ['generating', true, 'made by the second', true]
state: [[], 'made by the second', '']
nobody waits: ['claimed', false, true, true, []]
SIGTERM: ['generating', true, 'made by the second', true]
state: [[], 'made by the second', '']
nobody waits: ['claimed', false, true, true, []]
SIGSEGV: ['generating', true, 'made by the second', true]
state: [[], 'made by the second', '']
nobody waits: ['claimed', false, true, true, []]
generated: [['generated', 'generated', 'generated'], []]
