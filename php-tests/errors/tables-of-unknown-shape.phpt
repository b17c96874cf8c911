--TEST--
Tables that look otherwise are refused by name and with what is missing, and not touched
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
db()->query('CREATE TABLE ezdbfile (id int auto_increment PRIMARY KEY, name varchar(255), name_hash varchar(34), scope varchar(20), size int, mtime int)');
db()->query('CREATE TABLE ezdbfile_data (id int auto_increment PRIMARY KEY, masterid int, filedata blob)');
$handler = new eZDBFileHandler('var/a');
refused('storeContents', static fn () => $handler->storeContents('x'), 'var/a', '/ezdbfile\b.*datatype/s');
refused('fetchContents', static fn () => $handler->fetchContents(), 'var/a', '/ezdbfile\b.*datatype/s');
thrown('eZDBFile', static fn () => eZDBFile::storeContentToFile('var/a', 'x', 'y'), eZDBFileException::class, '/ezdbfile\b.*datatype/s');
show('rows', value('SELECT COUNT(*) FROM ezdbfile'));
?>
--EXPECT--
storeContents: refused
fetchContents: refused
eZDBFile: eZDBFileException
rows: 0
