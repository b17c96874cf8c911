--TEST--
With stale content, too, the first who comes after the generator was killed generates
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
untouched_cluster();
put_expired('var/a', 'old');
kernel(claims_last(3600));
$maker = Process::start(kernel_code(claims_last(3600)) . '(new eZDBFileHandler("var/a"))->processCache(null, function () { tell("generating"); hear(); });');
show('maker', $maker->hear());
$handler = new eZDBFileHandler('var/a');
show('meanwhile', $handler->processCache(retrieve(), never()));
$claimed = claim_time('var/a');
$maker->kill();
show('afterwards', eventually(static fn () => $handler->processCache(retrieve(), static fn () => 'new') === 'new'));
show('state', [server_time() - $claimed < 3600, bytes_of('var/a'), claims(), state($handler)]);
show('calls', array_unique(array_column(Calls::taken(), 0)));
?>
--EXPECT--
maker: 'generating'
meanwhile: 'got old'
afterwards: true
state: [true, 'new', [], ['var/a', null]]
calls: ['retrieve']
