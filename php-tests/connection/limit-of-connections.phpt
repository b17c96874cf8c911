--TEST--
Use within use takes a connection each, up to ezdbfile.pool_max; the next is refused by name, and nothing hangs
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 100, 'pool_max' => 2], ownUser: true);
put('var/stream', str_split(bytes(5000), 100));
put('var/inner', 'inner');
$handler = new eZDBFileHandler('var/stream');
$pass = static function (callable $inner) use ($handler): array {
    $said = null;
    ob_start(static function (string $piece) use ($inner, &$said): string {
        $said ??= $inner();
        return $piece;
    }, 1000);
    $done = $handler->passthrough();
    ob_end_flush();
    return [$done, $said];
};
foreach ([2, 1] as $max) {
    ini_set('ezdbfile.pool_max', (string)$max);
    ob_start();
    $result = $pass(static fn () => (new eZDBFileHandler('var/inner'))->fetchContents());
    $whole = ob_get_clean() === bytes(5000);
    show("at most $max", [$result, $whole]);
    foreach (warnings() as $warning) {
        show('warned', preg_match('/var\/inner.*all 1 that ezdbfile\.pool_max allows/', $warning) === 1 ?: $warning);
    }
    // Refused twice: the constructor wants to know that there is a server, which then is no problem.
    $pool = ezdbfile_status()['pool'];
    show('pool', [$pool['open'], $pool['idle'], $pool['refused']]);
}
show('afterwards', [(new eZDBFileHandler('var/inner'))->fetchContents(), faults()]);
?>
--EXPECT--
at most 2: [[true, 'inner'], true]
pool: [2, 2, 0]
at most 1: [[true, false], true]
warned: true
pool: [1, 1, 2]
afterwards: ['inner', []]
