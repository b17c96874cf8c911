--TEST--
CacheGenerationTimeout of site.ini says how long a claim lasts; 60 seconds where it does not
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$maker = Process::obedient('$handlers = [];');
foreach (['1000' => 1000, '90' => 90, '' => 60, 'none' => 60] as $setting => $seconds) {
    $path = "var/$seconds$setting";
    $maker->run("return (\$handlers[] = new eZDBFileHandler('$path'))->startCacheGeneration();");
    $settings = $setting === 'none' ? '' : kernel_code(['site.ini' => ['ContentSettings' => ['CacheGenerationTimeout' => (string)$setting]]]);
    $other = Process::obedient("$settings\n\$handler = new eZDBFileHandler('$path');");
    $left = $other->run('return $handler->startCacheGeneration();');
    show("'$setting'", [is_int($left) && $left <= $seconds && $left > $seconds - 40 ?: $left]);
    age_claim($path, $seconds - 40);
    show('not yet', is_int($other->run('return $handler->startCacheGeneration();')));
    age_claim($path, 41);
    show('now', [$other->run('return $handler->startCacheGeneration();'), $other->run('return $handler->endCacheGeneration(false);'), $other->finish()]);
}
$maker->finish();
?>
--EXPECT--
'1000': [true]
not yet: true
now: [true, true, '']
'90': [true]
not yet: true
now: [true, true, '']
'': [true]
not yet: true
now: [true, true, '']
'none': [true]
not yet: true
now: [true, true, '']
