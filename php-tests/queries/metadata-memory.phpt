--TEST--
Up to 200 paths are remembered in a request, the least used go first
--CONFLICTS--
all
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/statements.inc';
cluster(ownUser: true);
for ($i = 0; $i < 300; $i++) {
    put_fresh("var/$i", "content $i");
}
$look = static fn (int $i) => (new eZDBFileHandler("var/$i"))->size();
$look(0);
log_statements();
show('200 paths', count(statements(static function () use ($look) {
    foreach (range(1, 199) as $i) {
        $look($i);
    }
})));
show('again', count(statements(static function () use ($look) {
    foreach (range(0, 199) as $i) {
        $look($i);
    }
})));
show('one more', count(statements(static fn () => $look(200))));
show('the newest stay', count(statements(static fn () => array_map($look, range(101, 200)))));
$all = count(statements(static fn () => array_map($look, range(0, 299))));
show('not all of 300', $all >= 100 && $all <= 300 ?: $all);
show('missing files too', count(statements(static function () {
    foreach (range(1, 5) as $i) {
        (new eZDBFileHandler('var/none'))->size();
    }
})));
?>
--EXPECT--
200 paths: 199
again: 0
one more: 1
the newest stay: 0
not all of 300: true
missing files too: 1
