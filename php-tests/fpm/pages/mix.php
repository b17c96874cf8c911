<?php
// One operation of many, good or bad. Says what came of it.

chdir(getenv('EZDB_FPM_SITE'));
header('Content-Type: text/plain');
// Warnings are answers here: what is wanted of some operations.
set_error_handler(function (int $level, string $message): bool {
    echo 'warning ';
    return true;
});
const FILE = 'var/fpm/storage/images/file';
const OTHER = 'var/fpm/storage/images/other';
const CACHE = 'var/fpm/cache/mix';

/** What became of a call, in a word. */
function outcome(callable $call): string
{
    try {
        $result = $call();
        return is_scalar($result) || $result === null ? var_export($result, true) : get_debug_type($result);
    } catch (Throwable $e) {
        return get_class($e);
    }
}

function outcomes(callable ...$calls): string
{
    return implode(' ', array_map('outcome', $calls));
}

/** Output that runs $do when half of the file has gone by. */
function halfway(callable $do): callable
{
    return function (string $block) use ($do): string {
        static $seen = 0;
        $before = $seen;
        $seen += strlen($block);
        if ($before < 60_000 && $seen >= 60_000) {
            $do();
        }
        return $block;
    };
}

$handler = new eZDBFileHandler(FILE);
$other = new eZDBFileHandler(OTHER);
$bytes = str_repeat(hash('sha512', 'other', true), 1500);
$generate = fn (mixed $content = 'made') => fn () => ['content' => $content, 'scope' => 'viewcache', 'datatype' => 'php'];
$read = fn (string $path): mixed => include $path;

/** Serves the file to a request with these headers. */
$serve = function (array $headers, string $path = FILE): void {
    $_SERVER = $headers + $_SERVER;
    ezdbfile_serve($path);
};

echo match ($_GET['do']) {
    'store' => outcome(fn () => $other->storeContents($bytes, 'image', 'image/png')),
    'store with a copy' => outcome(fn () => $other->storeContents($bytes, 'image', 'image/png', true)),
    'store a local file' => outcomes(fn () => is_dir('var') || mkdir('var'), fn () => file_put_contents('var/local', $bytes),
        fn () => $handler->fileStore('var/local', 'image', true, 'image/png'), fn () => $handler->fileDelete('var/local')),
    'small chunks' => outcomes(fn () => is_string(ini_set('ezdbfile.chunk_size', '5000')), fn () => $other->storeContents($bytes)),
    'fetch' => outcomes(fn () => strlen($handler->fetchContents()), fn () => $handler->fetch(true), fn () => filesize(FILE),
        fn () => $handler->deleteLocal()),
    'unique' => outcome(fn () => unlink($handler->fetchUnique())),
    'ask' => outcomes(fn () => $handler->exists(), fn () => $handler->size(), fn () => $handler->dataType(), fn () => count($handler->stat()),
        fn () => (new eZDBFileHandler('var/none'))->size(), fn () => $handler->fileExists('var/none'), fn () => $handler->loadMetaData(true)),
    'list' => outcomes(fn () => $handler->getFileList(['image'], false, [0, 5], 'var/fpm'), fn () => $handler->fetchExpiredItems(['image'])),
    'copy, move' => outcomes(fn () => $handler->fileCopy(FILE, 'var/a'), fn () => $handler->fileMove('var/a', 'var/b'),
        fn () => $handler->fileMove('var/none', 'var/b'), fn () => $handler->fileDelete('var/b')),
    'delete, purge' => outcomes(fn () => $handler->fileStoreContents('var/d/1', 'x'), fn () => $handler->fileDelete('var/d'),
        fn () => (new eZDBFileHandler('var/d'))->purge(fn ($path, $count) => 1), fn () => $handler->fileDelete('')),
    'patterns' => outcomes(fn () => $handler->fileDeleteByWildcard('none*{a,b}?'), fn () => $handler->fileDeleteByRegex('none', 'x.*'),
        fn () => $handler->fileDeleteByRegex('none', '('), fn () => $handler->fileDeleteByDirList(['x', 'y'], 'none', '')),
    'pass' => outcome(fn () => $handler->passthrough()),
    'pass a part' => outcomes(fn () => $handler->passthrough(70_000, 10), fn () => $handler->passthrough(200_000, 10)),
    'pass and leave' => (function () use ($handler) {
        ob_start(halfway(fn () => exit), 4096);
        $handler->passthrough();
    })(),
    'pass and throw' => (function () use ($handler) {
        ob_start(halfway(fn () => throw new LogicException('on purpose')), 4096);
        return outcome(fn () => $handler->passthrough());
    })(),
    'pass and fetch' => (function () use ($handler, $other) {
        ob_start(halfway(fn () => strlen($other->fetchContents()) === 96_000 && $other->exists() || exit('no nested use')), 4096);
        return outcome(fn () => $handler->passthrough());
    })(),
    'pass and fail' => (function () use ($handler) {
        ob_start(halfway(fn () => str_repeat('x', 1 << 30)), 4096);
        $handler->passthrough();
    })(),
    'page, new' => outcomes(fn () => $handler->fileDelete(CACHE), fn () => (new eZDBFileHandler(CACHE))->processCache($read, $generate())),
    'page, old' => outcomes(fn () => (new eZDBFileHandler(CACHE))->processCache($read, $generate('not to be made')),
        fn () => (new eZDBFileHandler(CACHE))->processFile($read)),
    'page in a page' => outcomes(fn () => (new eZDBFileHandler('var/fpm/cache/outer'))->processCache(null, fn () => ['binarydata'
        => (new eZDBFileHandler('var/fpm/cache/inner'))->processCache(null, fn () => ['binarydata' => 'inner', 'store' => false])])),
    'page, thrown' => outcome(fn () => (new eZDBFileHandler('var/fpm/cache/t'))->processCache(null, fn () => throw new LogicException('on purpose'))),
    'page, left' => (new eZDBFileHandler('var/fpm/cache/l'))->processCache(null, fn () => exit('is left')),
    'page, failed' => (new eZDBFileHandler('var/fpm/cache/f'))->processCache(null, fn () => str_repeat('x', 1 << 30)),
    'page, uncaught' => (new eZDBFileHandler('var/fpm/cache/u'))->processCache(null, fn () => throw new LogicException('on purpose')),
    'text that fails' => $handler->storeContents(new class () {
        public function __toString(): string
        {
            return str_repeat('x', 1 << 30);
        }
    }),
    'class that fails' => spl_autoload_register(fn () => str_repeat('x', 1 << 30)) && (new eZDBFileHandler('var/fpm/cache/c'))->processCache('None::one', 'None::two'),
    'warning that fails' => set_error_handler(fn () => str_repeat('x', 1 << 30)) && $handler->fileFetch('var/missing'),
    'header that fails' => header_register_callback(fn () => str_repeat('x', 1 << 30)) && $serve([]),
    'claim' => outcomes(fn () => $other->startCacheGeneration(), fn () => $other->checkCacheGenerationTimeout(), fn () => $other->abortCacheGeneration(),
        fn () => (new eZDBFileHandler('var/left'))->startCacheGeneration()),
    'wrong types' => outcomes(fn () => $handler->fileDelete(), fn () => $handler->fileStoreContents([], 'x'), fn () => $handler->fileFetch(new stdClass()),
        fn () => $handler->getFileList(5.5), fn () => $handler->passthrough('x'), fn () => $handler->metaData = 5, fn () => serialize($handler),
        fn () => ezdbfile_install('none'), fn () => $handler->processCache('no function', 'none'), fn () => eZDBFile::storeFile()),
    'missing' => outcomes(fn () => $handler->fileStore('var/missing'), fn () => $handler->fileFetch('var/missing'), fn () => $handler->fileFetchContents('var/missing'),
        fn () => eZDBFile::fetchFile('var/missing'), fn () => eZDBFile::storeFile('x', 'y/z', 'var/missing', 's'), fn () => eZDBFile::rename('var/missing', 'x')),
    'damaged' => outcomes(fn () => $handler->fileFetchContents('var/fpm/damaged'), fn () => $handler->fileFetch('var/fpm/damaged'),
        fn () => eZDBFile::fetchFile('var/fpm/damaged')),
    'low level' => outcomes(fn () => eZDBFile::storeContentToFile('var/low', $bytes, 's'), fn () => strlen(eZDBFile::fetchFile('var/low')),
        fn () => unlink(eZDBFile::saveToTmpFile('var/low')), fn () => eZDBFile::copy('var/low', 'var/low2'), fn () => eZDBFile::delete('var/low2')),
    'a class of its own' => (function () {
        $object = new class (FILE) extends eZDBFileHandler {
            public mixed $more = null;
        };
        $object->more = [$object->metaData, clone $object];
        return outcomes(fn () => $object->size(), fn () => count($object->more));
    })(),
    'status' => outcomes(fn () => ezdbfile_status(), fn () => ob_start() && phpinfo() && ob_end_clean()),
    'other settings' => outcomes(fn () => is_string(ini_set('ezdbfile.charset', 'latin1')), fn () => $handler->exists()),
    'new connection' => outcomes(fn () => $handler->disconnect(), fn () => $handler->exists()),
    'serve' => $serve([]),
    'serve ranges' => $serve(['HTTP_RANGE' => 'bytes=0-9,50-59,-5']),
    'serve a range' => $serve(['HTTP_RANGE' => 'bytes=70000-70009']),
    'serve no range' => $serve(['HTTP_RANGE' => 'bytes=200000-']),
    'serve the unchanged' => $serve(['HTTP_IF_NONE_MATCH' => '*']),
    'serve nothing' => $serve([], 'var/fpm/storage/images/none'),
    'serve and leave' => (function () use ($serve) {
        header_register_callback(fn () => exit);
        $serve([]);
    })(),
};
