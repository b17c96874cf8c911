--TEST--
eZDBFile stores local files and contents and tells what it has
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 5]);
local('var/local.png', "\0png bytes\xff", 1234567890);
show('storeFile', eZDBFile::storeFile('var//images/a.png', 'image/png', 'var/local.png', 'image'));
show('row', entry('var/images/a.png'));
show('local file stays', local_bytes('var/local.png'));
$before = time();
show('storeContentToFile', eZDBFile::storeContentToFile('var/b.bin', 'contents', 'binaryfile'));
$row = entry('var/b.bin');
show('mtime is now', $row['mtime'] >= $before && $row['mtime'] <= time());
show('row', [$row['datatype'], $row['scope'], $row['size']]);
show('exists', [eZDBFile::fileExists('var/images/a.png'), eZDBFile::fileExists('var\\images//a.png')]);
show('asked', [eZDBFile::fileMTime('var/images/a.png'), eZDBFile::fileSize('var/images/a.png'), eZDBFile::fileType('var/images/a.png')]);
$data = eZDBFile::fileMetadata('var/images/a.png');
show('metadata', [$data['name'], $data['name_hash'] === md5('var/images/a.png'), $data['datatype'], $data['scope'], $data['size'], $data['mtime'], is_int($data[by_hash() ? 'expired' : 'id'])]);
show('fetchFile', [eZDBFile::fetchFile('var/images/a.png'), eZDBFile::fetchFile('var/b.bin')]);
ob_start();
$returned = eZDBFile::passThru('var/images/a.png');
show('passThru', [$returned, ob_get_clean()]);
show('replaced', [eZDBFile::storeContentToFile('var/images/a.png', '0', 'image'), eZDBFile::fetchFile('var/images/a.png'), eZDBFile::fileSize('var/images/a.png'), eZDBFile::fileType('var/images/a.png')]);
show('empty', [eZDBFile::storeContentToFile('var/empty', '', 'image'), eZDBFile::fetchFile('var/empty'), eZDBFile::fileSize('var/empty')]);
show('the handler sees them', [(new eZDBFileHandler('var/b.bin'))->fetchContents(), faults()]);
?>
--EXPECT--
storeFile: true
row: ['datatype' => 'image/png', 'scope' => 'image', 'size' => 11, 'mtime' => 1234567890]
local file stays: '\x00png bytes\xff'
storeContentToFile: true
mtime is now: true
row: ['application/octet-stream', 'binaryfile', 8]
exists: [true, true]
asked: [1234567890, 11, 'image/png']
metadata: ['var/images/a.png', true, 'image/png', 'image', 11, 1234567890, true]
fetchFile: ['\x00png bytes\xff', 'contents']
passThru: [true, '\x00png bytes\xff']
replaced: [true, '0', 1, 'application/octet-stream']
empty: [true, '', 0]
the handler sees them: ['contents', []]
