--TEST--
What a process killed in the middle of a fetch left behind is removed by a later fetch when it is an hour old, and nothing else
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
put('var/large', str_split(bytes(1000000), 50000));
foreach (['var/a', 'var/b', 'var/c'] as $name) {
    put($name, $name);
}
// The limit on the size of files kills the child while it writes.
$limited = array_merge(['sh', '-c', 'ulimit -f 200; exec "$@"', 'sh'], php_command('(new eZDBFileHandler("var/large"))->fetch();'));
$process = proc_open($limited, [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['file', '/dev/null', 'w']], $pipes);
proc_close($process);
$left = array_values(array_filter(tree(), 'is_file'));
show('left behind', count($left));
show('not under the name', $left[0] !== 'var/large' && dirname($left[0]) === 'var');
foreach (['var/.htaccess', 'var/old.tmp', 'var/large.tmp', 'var/.large', 'var/tmp123'] as $name) {
    local($name, 'not ours', time() - 90000);
}
child('(new eZDBFileHandler("var/a"))->fetch();');
show('young', file_exists($left[0]));
touch($left[0], time() - 3000);
child('(new eZDBFileHandler("var/b"))->fetch();');
show('not yet an hour old', file_exists($left[0]));
touch($left[0], time() - 3700);
child('(new eZDBFileHandler("var/c"))->fetch();');
clearstatcache();
show('an hour old', file_exists($left[0]));
show('others', array_values(array_filter(tree(), 'is_file')));
?>
--EXPECT--
left behind: 1
not under the name: true
young: true
not yet an hour old: true
an hour old: false
others: ['var/.htaccess', 'var/.large', 'var/a', 'var/b', 'var/c', 'var/large.tmp', 'var/old.tmp', 'var/tmp123']
