--TEST--
ezdbfile_install() takes the names of layouts only
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster([], false);
thrown('unknown', static fn () => ezdbfile_install('nonsense'), ValueError::class);
thrown('empty', static fn () => ezdbfile_install(''), ValueError::class);
thrown('array', static fn () => ezdbfile_install([]), TypeError::class);
show('tables', column('SHOW TABLES'));
?>
--EXPECT--
unknown: ValueError
empty: ValueError
array: TypeError
tables: []
