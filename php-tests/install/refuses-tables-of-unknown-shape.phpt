--TEST--
ezdbfile_install() refuses tables of these names that look otherwise, says what is missing, and changes nothing
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
db()->query('CREATE TABLE ezdbfile (id int PRIMARY KEY, name varchar(10), scope varchar(10), size int, mtime int, name_hash varchar(34))');
$before = rows('SHOW CREATE TABLE ezdbfile');
thrown('no datatype', static fn () => ezdbfile_install(), eZDBFileException::class, '/ezdbfile\b.*datatype/s');
show('unchanged', $before === rows('SHOW CREATE TABLE ezdbfile'));

db()->query('DROP TABLE IF EXISTS ezdbfile, ezdbfile_data');
db()->query((require __DIR__ . '/../inc/seed.inc')[0]);
db()->query('CREATE TABLE ezdbfile_data (id int PRIMARY KEY, filedata blob)');
$before = rows('SHOW CREATE TABLE ezdbfile_data');
thrown('no masterid', static fn () => ezdbfile_install(), eZDBFileException::class, '/ezdbfile_data\b.*masterid/s');
show('unchanged', $before === rows('SHOW CREATE TABLE ezdbfile_data'));
?>
--EXPECT--
no datatype: eZDBFileException
unchanged: true
no masterid: eZDBFileException
unchanged: true
