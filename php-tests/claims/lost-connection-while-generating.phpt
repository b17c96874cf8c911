--TEST--
A generator whose connection was closed brings its content home, and leaves no claim
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(ownUser: true);
$user = ini_get('ezdbfile.user');
$disconnect = static function () use ($user) {
    foreach (column("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '$user'") as $id) {
        db()->query("KILL $id");
    }
    eventually(static fn () => value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'") === 0);
};
$handler = new eZDBFileHandler('var/a');
foreach (['by the server' => $disconnect, 'by disconnect()' => static fn () => (new eZDBFileHandler())->disconnect()] as $label => $lose) {
    $result = $handler->processCache(null, static function () use ($lose) {
        $lose();
        return 'made';
    });
    warnings();
    show($label, [$result, in_array(bytes_of('var/a'), [null, 'made'], true), state($handler)]);
    show('then', [child('echo (new eZDBFileHandler("var/a"))->processCache(null, fn () => "made by the next");'), bytes_of('var/a'), claims(), faults()]);
    (new eZDBFileHandler('var/a'))->purge(false, false, false, time() + 1000);
}
$handler->startCacheGeneration();
$disconnect();
$other = Process::obedient('$handler = new eZDBFileHandler("var/a");');
show('taken over', $other->run('return $handler->startCacheGeneration();'));
show('the first', [$handler->checkCacheGenerationTimeout(), $handler->storeCache('made by the first'), bytes_of('var/a')]);
show('the second', $other->run('return [$handler->checkCacheGenerationTimeout(), $handler->storeCache("made by the second")];'));
show('rows', [bytes_of('var/a'), claims(), faults(), $other->finish()]);
warnings();
?>
--EXPECT--
by the server: ['made', true, ['var/a', null]]
then: ['made by the next', 'made by the next', [], []]
by disconnect(): ['made', true, ['var/a', null]]
then: ['made by the next', 'made by the next', [], []]
taken over: true
the first: [false, 'made by the first', null]
the second: [true, 'made by the second']
rows: ['made by the second', [], [], '']
