--TEST--
ezdbfile_install() does nothing where the tables are there, the seed's or its own
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
put('var/a.txt', 'kept');
$before = array_merge(rows('SHOW CREATE TABLE ezdbfile'), rows('SHOW CREATE TABLE ezdbfile_data'));
ezdbfile_install();
ezdbfile_install(by_hash() ? 'hash' : 'id');
thrown('the other layout', static fn () => ezdbfile_install(by_hash() ? 'id' : 'hash'), eZDBFileException::class, '/layout "(id|hash)", not in the layout/');
show('unchanged', $before === array_merge(rows('SHOW CREATE TABLE ezdbfile'), rows('SHOW CREATE TABLE ezdbfile_data')));
show('file', (new eZDBFileHandler('var/a.txt'))->fetchContents());
show('tables', column('SHOW TABLES'));
?>
--EXPECT--
the other layout: eZDBFileException
unchanged: true
file: 'kept'
tables: ['ezdbfile', 'ezdbfile_data']
