--TEST--
The extension's connection and those of mysqli are separate
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$link = connect(getenv('EZDB_TEST_USER'), getenv('EZDB_TEST_PASSWORD'));
$link->select_db(ini_get('ezdbfile.database'));
$link->begin_transaction();
$trunk = by_hash() ? ", name_trunk = 'var/mine'" : '';
$link->query("INSERT INTO ezdbfile SET name = 'var/mine', name_hash = MD5('var/mine'), scope = 'x', datatype = 'x', size = 0, mtime = 1$trunk");
$handler = new eZDBFileHandler('var/mine');
show('not committed', $handler->exists());
$handler->fileStoreContents('var/other', 'x');
$handler->disconnect();
$link->commit();
show('committed', $handler->exists());
show('its connection still works', $link->query('SELECT COUNT(*) FROM ezdbfile')->fetch_row()[0]);
?>
--EXPECT--
not committed: false
committed: true
its connection still works: 2
