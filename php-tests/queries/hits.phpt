--TEST--
A hit with a fresh local copy is one look-up; nine of nine files are nine
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/statements.inc';
cluster(ownUser: true);
$handler = new eZDBFileHandler('var/warm-up');
$handler->processCache(null, generate('x'));
foreach (range(1, 9) as $i) {
    (new eZDBFileHandler("var/$i"))->processCache(null, generate("content $i"));
}
log_statements();
$forget = static function () {
    foreach (range(1, 9) as $i) {
        $handler = new eZDBFileHandler("var/$i");
        $handler->metaData = null;
    }
};
$forget();
$one = statements(static fn () => (new eZDBFileHandler('var/1'))->processCache(retrieve(), never()));
show('one', [count($one), preg_match('/^SELECT/i', $one[0])]);
$forget();
show('by expiry and ttl', count(statements(static fn () => (new eZDBFileHandler('var/1'))->processCache(retrieve(), never(), 1000, time() - 1000))));
$forget();
show('processFile', count(statements(static fn () => (new eZDBFileHandler('var/1'))->processFile(retrieve()))));
$forget();
$nine = statements(static function () {
    foreach (range(1, 9) as $i) {
        (new eZDBFileHandler("var/$i"))->processCache(retrieve(), never());
    }
});
show('nine', [count($nine), commits_of($nine)]);
show('the same nine again', count(statements(static function () {
    foreach (range(1, 9) as $i) {
        (new eZDBFileHandler("var/$i"))->processCache(retrieve(), never());
    }
})));
$forget();
show('several objects of one file', count(statements(static function () {
    foreach (range(1, 5) as $i) {
        $handler = new eZDBFileHandler('var/1');
        $handler->size();
        $handler->mtime();
        $handler->isExpired(1000, time(), null);
        $handler->metaData;
    }
})));
show('construction', count(statements(static fn () => [new eZDBFileHandler(), new eZDBFileHandler('var/1')])));
show('calls', count(Calls::taken()));
?>
--EXPECT--
one: [1, 1]
by expiry and ttl: 1
processFile: 1
nine: [9, 0]
the same nine again: 0
several objects of one file: 1
construction: 0
calls: 31
