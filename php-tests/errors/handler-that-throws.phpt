--TEST--
An error handler that makes exceptions of warnings is heard, and nothing is left half-done
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(['chunk_size' => 4]);
put('var/a', 'old');
local('var/b', 'goodBAD!');
break_on('INSERT', 'ezdbfile_data', "NEW.filedata = 'BAD!'");
set_error_handler(static function ($level, $message) {
    throw new ErrorException($message, 0, $level);
});
$handler = new eZDBFileHandler('var/missing');
thrown('fetchContents', static fn () => $handler->fetchContents(), ErrorException::class, '/var\/missing/');
thrown('fetch', static fn () => $handler->fetch(), ErrorException::class, '/var\/missing/');
thrown('fileStore', static fn () => $handler->fileStore('var/b', 'image', true), ErrorException::class, '/var\/b.*broken on purpose/');
thrown('fileStoreContents', static fn () => $handler->fileStoreContents('var/a', 'goodBAD!'), ErrorException::class, '/var\/a.*broken on purpose/');
thrown('passthrough', static fn () => $handler->passthrough(), ErrorException::class, '/var\/missing/');
thrown('fileDelete', static fn () => $handler->fileDelete(''), ErrorException::class);
$datatype = str_repeat('x', width('datatype') + 1);
thrown('datatype', static fn () => $handler->fileStoreContents('var/typed', 'x', 'test', $datatype), ErrorException::class, '/var\/typed/');
show('rows', [bytes_of('var/a'), entry('var/b'), faults(), unlocked()]);
show('local', [local_bytes('var/b'), tree()]);
show('works', [$handler->fileFetchContents('var/a'), $handler->fileStoreContents('var/c', 'c'), bytes_of('var/c')]);
?>
--EXPECT--
fetchContents: ErrorException
fetch: ErrorException
fileStore: ErrorException
fileStoreContents: ErrorException
passthrough: ErrorException
fileDelete: ErrorException
datatype: ErrorException
rows: ['old', null, [], true]
local: ['goodBAD!', ['var/', 'var/b']]
works: ['old', true, 'c']
