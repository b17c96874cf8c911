--TEST--
The kernel's own exception class is thrown when it can be loaded
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
spl_autoload_register(static function (string $class) {
    if ($class === 'eZClusterHandlerDBNoConnectionException') {
        echo "autoload\n";
        eval('class eZClusterHandlerDBNoConnectionException extends Exception {
            public function __construct($host, $user, $password)
            {
                parent::__construct("no connection to $host as $user with " . preg_replace("/./", "*", $password));
            }
        }');
    }
});
$handler = new eZDBFileHandler('var/a');
show('not needed yet', $handler->storeContents('x'));
ini_set('ezdbfile.socket', scratch('no.sock'));
try {
    new eZDBFileHandler('var/a');
} catch (Throwable $e) {
    show('thrown', [get_class($e), get_parent_class($e), str_contains((string)$e, getenv('EZDB_TEST_PASSWORD'))]);
}
?>
--EXPECT--
not needed yet: true
autoload
thrown: ['eZClusterHandlerDBNoConnectionException', 'Exception', false]
