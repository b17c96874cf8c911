--TEST--
ezdbfile_install('hash') creates the tables of eZ Publish 4.x, wider, for the SQL of its handlers
--SKIPIF--
<?php
if (!str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows are kept by hashes');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
ezdbfile_install('hash');
$old = [];
foreach (require __DIR__ . '/../inc/hash.inc' as $statement) {
    preg_match_all('/^\s+`(\w+)`/m', $statement, $found);
    $old[] = array_diff($found[1], ['status']);
}
foreach (['ezdbfile', 'ezdbfile_data'] as $i => $table) {
    show("missing in $table", array_values(array_diff($old[$i], column("SHOW COLUMNS FROM $table"))));
}
show('key', column("SELECT COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ezdbfile_data' AND INDEX_NAME = 'PRIMARY' ORDER BY SEQ_IN_INDEX"));
show('foreign key', rows('SELECT DELETE_RULE, REFERENCED_TABLE_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()'));
show('offset', value("SELECT COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'offset'"));
show('indexes', column("SELECT DISTINCT GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) columns FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ezdbfile' GROUP BY INDEX_NAME ORDER BY columns"));
show('text columns', column("SELECT DISTINCT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ezdbfile' AND CHARACTER_MAXIMUM_LENGTH > 0"));

show('status', ezdbfile_status()['layout']);
(new eZDBFileHandler())->fileStoreContents('var/a.txt', 'usable at once');
show('stored', bytes_of('var/a.txt'));

// A table that stands alone is completed in its own layout, and in no other.
db()->query('DROP TABLE ezdbfile_data');
thrown('id', static fn () => ezdbfile_install('id'), eZDBFileException::class, '/layout "hash", not in the layout "id"/');
ezdbfile_install();
show('completed', [column('SHOW TABLES'), value("SELECT COUNT(*) FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()")]);

// One of eZ Publish 4.x has text for a key, which ours cannot refer to.
[$files, $data] = require __DIR__ . '/../inc/hash.inc';
db()->query('DROP TABLE ezdbfile_data, ezdbfile');
db()->query($files);
thrown('beside text', static fn () => ezdbfile_install(), eZDBFileException::class, '/ezdbfile_data is missing, and the key name_hash of ezdbfile is text/');
show('as it was', column('SHOW TABLES'));
db()->query($data);
show('with its own', [ezdbfile_install(), (new eZDBFileHandler())->fileStoreContents('var/a.txt', 'usable'), bytes_of('var/a.txt')]);
?>
--EXPECT--
missing in ezdbfile: []
missing in ezdbfile_data: []
key: ['name_hash', 'offset']
foreign key: [['DELETE_RULE' => 'CASCADE', 'REFERENCED_TABLE_NAME' => 'ezdbfile']]
offset: 'bigint(20) unsigned'
indexes: ['expired,name', 'mtime', 'name', 'name_hash', 'name_trunk']
text columns: ['varbinary']
status: 'hash'
stored: 'usable at once'
id: eZDBFileException
completed: [['ezdbfile', 'ezdbfile_data'], 1]
beside text: eZDBFileException
as it was: ['ezdbfile']
with its own: [null, true, 'usable']
