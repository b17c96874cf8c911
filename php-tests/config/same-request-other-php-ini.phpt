--TEST--
php.ini settings that change in a request make other pools; the answers are those of the right database
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$first = ini_get('ezdbfile.database');
(new eZDBFileHandler('var/a'))->processCache(null, generate('of the first'));
$second = new_database();
ini_set('ezdbfile.database', $second);
create_tables();
show('second', [result((new eZDBFileHandler('var/a'))->processCache(retrieve(), false)), (new eZDBFileHandler('var/a'))->processCache(retrieve(), generate('of the second'))]);
ini_set('ezdbfile.database', $first);
show('first', [(new eZDBFileHandler('var/a'))->fetchContents(), (new eZDBFileHandler('var/a'))->processCache(retrieve(), never())]);
ini_set('ezdbfile.database', $second);
show('second', (new eZDBFileHandler('var/a'))->processCache(retrieve(), never()));
?>
--EXPECT--
second: ['failure 2', 'of the second']
first: ['of the first', 'got of the first']
second: 'got of the second'
