--TEST--
A number that makes no sense is refused with a message that names the directive and what it takes; the ends of each range work
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/x/storage/images/a.png', 'abc');
// Least and greatest, where there is one.
$numbers = [
    'port' => [1, 65535], 'chunk_size' => [1, null], 'connect_timeout' => [1, 86400], 'read_timeout' => [1, 86400], 'write_timeout' => [1, 86400],
    'match_timeout' => [1, 86400], 'connect_retries' => [0, null], 'execute_retries' => [0, null], 'retry_timeout' => [0, null], 'pool_max' => [0, null],
    'pool_idle_timeout' => [0, null], 'pool_max_lifetime' => [0, null], 'pool_check_after' => [0, null],
];
foreach ($numbers as $name => [$least, $greatest]) {
    $before = ini_get("ezdbfile.$name");
    $wrong = ['abc', '1e3', '-1', (string)($least - 1), ...($greatest === null ? [] : [(string)($greatest + 1)])];
    $said = [];
    foreach ($wrong as $value) {
        ini_set("ezdbfile.$name", $value);
        try {
            (new eZDBFileHandler('var/x/storage/images/a.png'))->fetchContents();
            $said[] = "$value is taken";
        } catch (eZClusterHandlerDBNoConnectionException $e) {
            $said[] = str_contains($e->getMessage(), "ezdbfile.$name is \"$value\"") && str_contains($e->getMessage(), 'a whole number') ? 'refused' : $e->getMessage();
        }
    }
    foreach ([$least, ...($greatest === null ? [] : [$greatest])] as $value) {
        ini_set("ezdbfile.$name", (string)$value);
        $said[] = (new eZDBFileHandler('var/x/storage/images/a.png'))->fetchContents();
    }
    ini_set("ezdbfile.$name", $before);
    show($name, implode(' ', array_unique($said)));
}
show('warnings', warnings());
?>
--EXPECT--
port: 'refused abc'
chunk_size: 'refused abc'
connect_timeout: 'refused abc'
read_timeout: 'refused abc'
write_timeout: 'refused abc'
match_timeout: 'refused abc'
connect_retries: 'refused abc'
execute_retries: 'refused abc'
retry_timeout: 'refused abc'
pool_max: 'refused abc'
pool_idle_timeout: 'refused abc'
pool_max_lifetime: 'refused abc'
pool_check_after: 'refused abc'
warnings: []
