--TEST--
Without a connection the constructor throws, says why, and never tells the password
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$password = getenv('EZDB_TEST_PASSWORD');
$other = own_user('ALL', 'another ' . $password);
$seen = [];
foreach ([
    'no server' => ['socket' => scratch('no.sock')],
    'wrong password' => ['user' => $other],
    'unknown user' => ['user' => 'ezdb_nobody_at_all'],
    'unknown database' => ['database' => 'ezdb_there_is_no_such_database'],
    'nobody listens' => ['socket' => '', 'host' => '127.0.0.1', 'port' => '1'],
] as $label => $settings) {
    foreach ($settings as $key => $value) {
        ini_set("ezdbfile.$key", $value);
    }
    foreach ([['var/a'], []] as $arguments) {
        try {
            $handler = new eZDBFileHandler(...$arguments);
            show($label, 'connected');
        } catch (Throwable $e) {
            show($label, [$e instanceof eZClusterHandlerDBNoConnectionException, $e instanceof eZDBFileException, $e->getMessage() !== '', str_contains($e . print_r($e, true), $password)]);
        }
    }
    foreach ($settings as $key => $value) {
        ini_restore("ezdbfile.$key");
    }
    ini_set('ezdbfile.database', value('SELECT DATABASE()'));
}
show('caught by its name', (static function () {
    ini_set('ezdbfile.database', 'ezdb_there_is_no_such_database');
    try {
        new eZDBFileHandler();
    } catch (eZClusterHandlerDBNoConnectionException $e) {
        return str_contains($e->getMessage(), 'ezdb_there_is_no_such_database');
    }
})());
ini_set('ezdbfile.database', value('SELECT DATABASE()'));
show('works again', (new eZDBFileHandler('var/a'))->storeContents('x'));
?>
--EXPECT--
no server: [true, true, true, false]
no server: [true, true, true, false]
wrong password: [true, true, true, false]
wrong password: [true, true, true, false]
unknown user: [true, true, true, false]
unknown user: [true, true, true, false]
unknown database: [true, true, true, false]
unknown database: [true, true, true, false]
nobody listens: [true, true, true, false]
nobody listens: [true, true, true, false]
caught by its name: true
works again: true
