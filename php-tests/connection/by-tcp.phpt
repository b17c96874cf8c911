--TEST--
Without a socket the connection goes to host and port
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
ini_set('ezdbfile.socket', '');
ini_set('ezdbfile.host', getenv('EZDB_TEST_HOST'));
ini_set('ezdbfile.port', getenv('EZDB_TEST_PORT'));
$handler = new eZDBFileHandler('var/a');
$handler->storeContents('by TCP');
show('stored', [bytes_of('var/a'), $handler->fetchContents()]);
show('by TCP', array_filter(column('SELECT HOST FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()'), static fn ($host) => str_contains($host, ':')) !== []);
?>
--EXPECT--
stored: ['by TCP', 'by TCP']
by TCP: true
