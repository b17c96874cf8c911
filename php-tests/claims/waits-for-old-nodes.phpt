--TEST--
A claim of a PHP handler is waited for, until its file is there or the claim is gone or old
--CONFLICTS--
many
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$wait = '$result = (new eZDBFileHandler("var/%s"))->processCache(function ($path) { return "got " . file_get_contents($path); }, function () { note("generated"); return "made"; });
    return [$result, warnings()];';
// It asks again and again, and does nothing else: more statements, one after the other, than come before the wait, and no
// answer yet.
$seen = [];
$asking = static function () use (&$seen): bool {
    foreach (column("SELECT QUERY_ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()") as $statement) {
        $seen[$statement] = true;
    }
    return count($seen) >= 40;
};
$changes = [
    'stored' => static function () {
        put_fresh('var/stored', 'of the old node');
        db()->query("DELETE FROM ezdbfile WHERE name = 'var/stored.generating'");
    },
    'given up' => static fn () => db()->query("DELETE FROM ezdbfile WHERE name = 'var/given up.generating'"),
    'old' => static fn () => age_claim('var/old', 100),
];
foreach ($changes as $name => $change) {
    put_row("var/$name.generating", [], ['mtime' => server_time(), 'datatype' => 'misc']);
    $waiter = Process::obedient();
    $waiter->begin(sprintf($wait, $name));
    $seen = [];
    $asks = eventually($asking);
    $change();
    show($name, [$asks, $waiter->hear(), $waiter->finish(), claims(), bytes_of("var/$name")]);
}
show('generated', notes());
?>
--EXPECT--
stored: [true, ['got of the old node', []], '', [], 'of the old node']
given up: [true, ['made', []], '', [], 'made']
old: [true, ['made', []], '', [], 'made']
generated: ['generated', 'generated']
