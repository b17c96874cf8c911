--TEST--
ezdbfile_install() creates the two tables, wider than the seed's and compared byte by byte
--SKIPIF--
<?php
if (str_starts_with((string)getenv('EZDB_TEST_TABLES'), 'hash')) die('skip for tables where rows have ids');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
show('before', column('SHOW TABLES'));
show('returns', ezdbfile_install());
show('after', column('SHOW TABLES'));

$columns = [];
foreach (rows('SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()') as $row) {
    $columns["$row[TABLE_NAME].$row[COLUMN_NAME]"] = $row;
}
$expected = ['id', 'datatype', 'name', 'name_hash', 'scope', 'size', 'mtime'];
show('columns missing in ezdbfile', array_filter($expected, static fn ($name) => !isset($columns["ezdbfile.$name"])));
show('columns missing in ezdbfile_data', array_filter(['id', 'masterid', 'filedata'], static fn ($name) => !isset($columns["ezdbfile_data.$name"])));

foreach (['ezdbfile.id', 'ezdbfile_data.id', 'ezdbfile_data.masterid'] as $key) {
    show("$key is wider than mediumint", in_array($columns[$key]['DATA_TYPE'], ['int', 'bigint'], true));
}
show('masterid is like id', $columns['ezdbfile.id']['COLUMN_TYPE'] === $columns['ezdbfile_data.masterid']['COLUMN_TYPE']);
foreach (['ezdbfile.id', 'ezdbfile_data.id'] as $key) {
    show($key, $columns[$key]['EXTRA']);
}
show('size', $columns['ezdbfile.size']['DATA_TYPE']);
show('mtime', $columns['ezdbfile.mtime']['COLUMN_TYPE'] === 'bigint(20)' ? 'signed bigint' : $columns['ezdbfile.mtime']['COLUMN_TYPE']);
show('name', $columns['ezdbfile.name']['DATA_TYPE']);
show('name holds 1024 bytes', width('name') >= 1024);
show('datatype holds every MIME type', width('datatype') >= 127);
show('scope holds 64', width('scope') >= 64);
foreach (['ezdbfile.name_hash', 'ezdbfile.scope'] as $key) {
    show("$key is compared by bytes", preg_match('/^$|_bin$|^binary$/', (string)$columns[$key]['COLLATION_NAME']) === 1);
}
foreach (['ezdbfile.name', 'ezdbfile.name_hash', 'ezdbfile_data.masterid'] as $key) {
    [$table, $column] = explode('.', $key);
    $indexes = rows("SELECT SUB_PART FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()
        AND TABLE_NAME = '$table' AND COLUMN_NAME = '$column' AND SEQ_IN_INDEX = 1");
    show("$key indexed whole", in_array(['SUB_PART' => null], $indexes, true));
}
show('engines', column('SELECT DISTINCT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()'));

(new eZDBFileHandler())->fileStoreContents('var/a.txt', 'usable at once');
show('stored', bytes_of('var/a.txt'));
?>
--EXPECT--
before: []
returns: null
after: ['ezdbfile', 'ezdbfile_data']
columns missing in ezdbfile: []
columns missing in ezdbfile_data: []
ezdbfile.id is wider than mediumint: true
ezdbfile_data.id is wider than mediumint: true
ezdbfile_data.masterid is wider than mediumint: true
masterid is like id: true
ezdbfile.id: 'auto_increment'
ezdbfile_data.id: 'auto_increment'
size: 'bigint'
mtime: 'signed bigint'
name: 'varbinary'
name holds 1024 bytes: true
datatype holds every MIME type: true
scope holds 64: true
ezdbfile.name_hash is compared by bytes: true
ezdbfile.scope is compared by bytes: true
ezdbfile.name indexed whole: true
ezdbfile.name_hash indexed whole: true
ezdbfile_data.masterid indexed whole: true
engines: ['InnoDB']
stored: 'usable at once'
