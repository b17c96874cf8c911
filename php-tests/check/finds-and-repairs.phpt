--TEST--
ezdbfile_check() tells what is wrong, changes nothing unless told, and repairs what can be without loss
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/readers.inc';
cluster();
$problems = static fn (array $report) => array_map(static fn ($problem) => "$problem[name]: $problem[kind]" . ($problem['repairable'] ? ', repairable' : '') . ($problem['repaired'] ? ', repaired' : ''), $report['problems']);
put('var/live', str_repeat('x', 10));
put('var/dead', str_repeat('x', 20), mtime: -1000);
$report = ezdbfile_check();
show('layout', $report['layout'] === (by_hash() ? 'hash' : 'id'));
show('sound', array_diff_key($report, ['layout' => 0, 'narrow' => 0]));

put_damaged('var/damaged', SIZE_TOO_LARGE);
db()->query('SET foreign_key_checks = 0');
db()->query(by_hash() ? "INSERT INTO ezdbfile_data VALUES ('zz', 0, 'orphan')" : "INSERT INTO ezdbfile_data (masterid, filedata) VALUES (99999, 'orphan')");
$before = [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')];
$report = ezdbfile_check();
ksort($report['found']);
show('found', $report['found']);
$named = static fn ($problem) => str_replace(['zz', '99999'], 'key', $problem);
show('problems', array_map($named, $problems($report)));
show('deep', array_map($named, $problems(ezdbfile_check(true))) === array_map($named, $problems($report)));
show('texts', array_column($report['problems'], 'text'));
show('unchanged', $before === [rows('SELECT * FROM ezdbfile'), rows('SELECT * FROM ezdbfile_data')]);
show('repaired', array_map($named, $problems(ezdbfile_check(repair: true))));
show('left', $problems(ezdbfile_check()));
show('files', [live(), expired(), (new eZDBFileHandler('var/live'))->fetchContents(), unlocked()]);
?>
--EXPECT--
layout: true
sound: ['files' => 1, 'bytes' => 10, 'expired' => 1, 'expired_bytes' => 20, 'claims' => 0, 'found' => [], 'problems' => []]
found: ['orphan' => 1, 'size' => 1]
problems: ['key: orphan, repairable', 'var/damaged: size']
deep: true
texts: ['data rows with 6 bytes belong to no file', 'its data rows have 16 bytes, its size is 17']
unchanged: true
repaired: ['key: orphan, repairable, repaired', 'var/damaged: size']
left: ['var/damaged: size']
files: [['var/damaged', 'var/live'], ['var/dead'], 'xxxxxxxxxx', true]
