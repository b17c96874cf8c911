--TEST--
ezdbfile_install() throws when the database refuses
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
ini_set('ezdbfile.user', own_user('SELECT'));
thrown('may not create tables', static fn () => ezdbfile_install(), eZDBFileException::class, '/denied/i');
show('is a runtime exception', is_subclass_of(eZDBFileException::class, RuntimeException::class));
show('tables', column('SHOW TABLES'));

ini_restore('ezdbfile.user');
ini_set('ezdbfile.database', 'ezdb_there_is_no_such_database');
thrown('unknown database', static fn () => ezdbfile_install(), eZDBFileException::class, '/ezdb_there_is_no_such_database/');
?>
--EXPECT--
may not create tables: eZDBFileException
is a runtime exception: true
tables: []
unknown database: eZDBFileException
