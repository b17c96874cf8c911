--TEST--
In a name that is not UTF-8 a ? of a wildcard stands for one byte
--SKIPIF--
<?php
if (!str_ends_with((string)getenv('EZDB_TEST_TABLES'), 'install')) die('skip for the tables of ezdbfile_install()');
?>
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$names = ["a\xff", "a\xff\xfe", "a\u{E9}", "a\u{E9}\xff", "a\u{20AC}", 'ab'];
$handler = new eZDBFileHandler();
foreach (['a?', 'a??', 'a???', 'a*', "a\xff*", "a\xff?", "a{\xff,b}"] as $wildcard) {
    db()->query('DELETE FROM ezdbfile');
    array_map(static fn ($name) => put($name, ''), $names);
    echo dump($wildcard), ': ', dump([$handler->fileDeleteByWildcard($wildcard), expired()]), "\n";
}
?>
--EXPECT--
'a?': [true, ['ab', 'a\xc3\xa9', 'a\xe2\x82\xac', 'a\xff']]
'a??': [true, ['a\xff\xfe']]
'a???': [true, ['a\xc3\xa9\xff']]
'a*': [true, ['ab', 'a\xc3\xa9', 'a\xc3\xa9\xff', 'a\xe2\x82\xac', 'a\xff', 'a\xff\xfe']]
'a\xff*': [true, ['a\xff', 'a\xff\xfe']]
'a\xff?': [true, ['a\xff\xfe']]
'a{\xff,b}': [true, ['ab', 'a\xff']]
