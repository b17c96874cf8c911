<?php

/**
 * What the PHP extension ezdbfile declares, for editors and analysers; never loaded.
 * Written by php-tests/lib/stubs.php from the extension itself: do not edit.
 */

/**
 * Creates the two tables in the configured database. Does nothing where they are there
 * already. Throws eZDBFileException where tables of these names have an unknown shape, or
 * are of the other layout than the one given.
 *
 * @param 'id'|'hash' $layout without it, tables of either layout will do
 * @return void
 */
function ezdbfile_install(string $layout = 'id'): void {}

/**
 * Looks through both tables for what is wrong, in steps that hold no lock, and says what it
 * found. Returns the layout; live files, expired files and their bytes; open claims; columns
 * that are narrow; how many problems of which kind were found; and the first 1000 of them.
 * Throws eZDBFileException where the database refuses.
 *
 * @param bool $deep reads every file as a request would
 * @param bool $repair puts right what can be without loss
 * @return array{layout: string, files: int, bytes: int, expired: int, expired_bytes: int, claims: int, narrow: list<string>, found: array<string, int>, problems: list<array{name: string, kind: string, text: string, repairable: bool, repaired: bool}>}
 */
function ezdbfile_check(bool $deep = false, bool $repair = false): array {}

/**
 * Converts the tables to the other layout beside the running site, file by file.
 * Interrupted, for instance when PHP ends the script over max_execution_time, the site goes
 * on with its tables, and the next call goes on where it was. Returns whether the tables are
 * of this layout now, what was copied, and the first 1000 of the files that cannot be taken
 * over whole: without leave_damaged one of them keeps it from its end. The old tables stay
 * as ezdbfile_old and ezdbfile_data_old. Throws eZDBFileException where the database
 * refuses.
 *
 * @param string $to 'id' or 'hash'
 * @param bool $leave_damaged leaves the bytes of damaged files in the old tables
 * @return array{done: bool, files: int, bytes: int, damaged: int, left_behind: int, problems: list<array{name: string, text: string}>}
 */
function ezdbfile_migrate(string $to, bool $leave_damaged = false): array {}

/**
 * Answers the current HTTP request with a file of the cluster: status, header and body, with
 * conditional requests and ranges (RFC 9110), for GET and HEAD. Files that match no pattern
 * of ezdbfile.serve_paths, and those that are missing or expired, are 404. Drops what waits
 * in output buffers; what the script prints afterwards goes nowhere. Needs no kernel. True
 * when a whole response was sent, of whatever status; false with a warning when the header
 * was out already, and false when the body had to be cut.
 *
 * @param string|null $path relative to the site root; null: the path of the request
 * @return bool
 */
function ezdbfile_serve(?string $path = null): bool {}

/**
 * Version, client library, server, cipher of the connection (empty: not encrypted), layout
 * of the tables, and the counters of the connection pool. Throws eZDBFileException where
 * there is no connection to be had, or no tables.
 *
 * @return array{version: string, client: string, server: string, cipher: string, database: string, layout: string, pool: array<string, int>}
 */
function ezdbfile_status(): array {}

/**
 * Something about the cluster database or a file in it went wrong.
 */
class eZDBFileException extends RuntimeException
{
}

/**
 * No connection to the cluster database can be had. Thrown where the kernel's own
 * eZClusterHandlerDBNoConnectionException cannot be loaded, and called by that name then
 * too.
 */
class eZDBFileConnectionException extends eZDBFileException
{
}

/**
 * What a cache callback returns when it has no content. Called eZClusterFileFailure where
 * the kernel's own class of that name cannot be loaded.
 */
class eZDBFileFailure
{
    /**
     * The content is expired: make a new one.
     */
    public const FILE_EXPIRED = 1;

    /**
     * The content has to be made, and nobody does it here.
     */
    public const FILE_CONTENT_GENERATE = 2;

    /**
     * The file cannot be used: make the content, and do not store it.
     */
    public const FILE_RETRIEVAL_FAILED = 3;

    /**
     * One of the constants.
     *
     * @var int
     */
    protected $errno;

    /**
     * For people.
     *
     * @var string
     */
    protected $message;

    /**
     * Keeps both.
     *
     * @param int $errno
     * @param string $message
     */
    public function __construct($errno, $message = '') {}

    /**
     * One of the constants.
     *
     * @return int
     */
    public function errno() {}

    /**
     * For people.
     *
     * @return string
     */
    public function message() {}
}

/**
 * The kernel's interface of all cluster file handlers.
 */
interface eZClusterFileHandlerInterface
{
    /**
     * Stores the local file of that path, with the time of its last change. With $delete the
     * local file goes, after the commit.
     *
     * @param string $filePath
     * @param string|false $scope
     * @param bool $delete
     * @param string|false $datatype
     * @return bool
     */
    public function fileStore($filePath, $scope = false, $delete = false, $datatype = false);

    /**
     * Stores these bytes under that path.
     *
     * @param string $filePath
     * @param mixed $contents
     * @param string|false $scope
     * @param string|false $datatype
     * @return bool
     */
    public function fileStoreContents($filePath, $contents, $scope = false, $datatype = false);

    /**
     * Stores these bytes under the path of the object, and on request as the local copy too.
     *
     * @param mixed $contents
     * @param string|false $scope
     * @param string|false $datatype
     * @param bool $storeLocally
     * @return bool
     */
    public function storeContents($contents, $scope = false, $datatype = false, $storeLocally = false);

    /**
     * Makes the local copy, unless there is a current one.
     *
     * @param string $filePath
     * @return string|false the path
     */
    public function fileFetch($filePath);

    /**
     * Content of a cache: retrieved from the file while that is fresh, else made by this process
     * and stored, while others use the old content or wait. Returns what the callback returned
     * that made or retrieved it; an eZClusterFileFailure when there is no content and nobody to
     * make it here: the caller makes it then and calls storeCache, which stores nothing where
     * the claim was refused.
     *
     * @param (callable(string, int): mixed)|false|null $retrieveCallback is given the local path and its time
     * @param (callable(string): mixed)|false|null $generateCallback returns what storeCache takes; null when the caller makes the content, false when nobody does
     * @param int|string|null $ttl seconds that the content lives
     * @param int|string|null $expiry what is older is not fresh
     * @param mixed $extraData is passed on to the callbacks when it is not null
     * @return mixed
     */
    public function processCache($retrieveCallback, $generateCallback = null, $ttl = null, $expiry = null, $extraData = null);

    /**
     * True when $mtime is false, null, 0 or negative, or before $expiry, or before $curtime -
     * $ttl.
     *
     * @param string $fname
     * @param int|string|false|null $mtime
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public static function isFileExpired($fname, $mtime, $expiry, $curtime, $ttl);

    /**
     * isFileExpired by the time of the file in the cluster.
     *
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public function isExpired($expiry, $curtime, $ttl);

    /**
     * isFileExpired by the time of the local copy.
     *
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public function isLocalFileExpired($expiry, $curtime, $ttl);

    /**
     * isFileExpired by the time of the file in the cluster; a missing one is expired.
     *
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public function isDBFileExpired($expiry, $curtime, $ttl);

    /**
     * processCache without making anything; null when there is no fresh content.
     *
     * @param (callable(string, int): mixed)|false|null $callback
     * @param int|string|false|null $expiry
     * @param mixed $extraData is passed on to the callbacks when it is not null
     * @return mixed
     */
    public function processFile($callback, $expiry = false, $extraData = null);

    /**
     * Makes a local copy under a fresh name beside the real one, with the same ending. The
     * caller deletes it.
     *
     * @return string|false its name
     */
    public function fetchUnique();

    /**
     * Makes the local copy of the object's file; with true, even when there is a current one.
     *
     * @param bool $noLocalCache
     * @return string|false the path
     */
    public function fetch($noLocalCache = false);

    /**
     * The bytes of that file, expired or not.
     *
     * @param string $filePath
     * @return string|false
     */
    public function fileFetchContents($filePath);

    /**
     * The bytes of the object's file, expired or not.
     *
     * @return string|false
     */
    public function fetchContents();

    /**
     * Loads the metadata; with true, from the database in any case.
     *
     * @param bool $force
     * @return false|null false on error
     */
    public function loadMetaData($force = false);

    /**
     * The metadata, as in the property metaData.
     *
     * @return array|false
     */
    public function stat();

    /**
     * Size in bytes; null when there is no such file, or, with a message, when the database does
     * not say.
     *
     * @return int|false|null
     */
    public function size();

    /**
     * Time of the last change, negative when expired; null when there is no such file, or, with
     * a message, when the database does not say.
     *
     * @return int|false|null
     */
    public function mtime();

    /**
     * MIME type, or a word such as php or misc; null when there is no such file, or, with a
     * message, when the database does not say.
     *
     * @return string|false|null
     */
    public function dataType();

    /**
     * The path of the object.
     *
     * @return string|false
     */
    public function name();

    /**
     * Marks as expired what matches: * is any run of characters, ? one character, {a,b}
     * alternatives, all else itself.
     *
     * @param string $wildcard
     * @return bool
     */
    public function fileDeleteByWildcard($wildcard);

    /**
     * Marks as expired what starts with commonPath/item/commonSuffix, for every item of the
     * list. An empty item is left out, with a message.
     *
     * @param string[] $dirList
     * @param string $commonPath
     * @param string $commonSuffix
     * @return bool
     */
    public function fileDeleteByDirList($dirList, $commonPath, $commonSuffix);

    /**
     * Marks as expired: the path and everything below it; with true, only what is below; with a
     * string, what starts with path/string.
     *
     * @param string $path
     * @param string|bool $fnamePart
     * @return bool
     */
    public function fileDelete($path, $fnamePart = false);

    /**
     * Marks the object's file, and everything below it if it is a directory, as expired.
     *
     * @return bool
     */
    public function delete();

    /**
     * Removes the local copy of that path, and directories that it leaves empty.
     *
     * @param string $path
     * @return bool
     */
    public function fileDeleteLocal($path);

    /**
     * Removes the local copy, and directories that it leaves empty.
     *
     * @return bool
     */
    public function deleteLocal();

    /**
     * Really removes what is expired of the path and everything below it, or what is older than
     * $expiry, in batches. Calls back after each. Then removes the local copy, of a directory
     * with everything below it.
     *
     * @param (callable(string, int): mixed)|false $printCallback is given the path and the number of rows
     * @param int|false $microsleep between batches
     * @param int|false $max rows in a batch, 100 when false
     * @param int|false $expiry a time; what is older goes even if it is not expired
     * @return bool
     */
    public function purge($printCallback = false, $microsleep = false, $max = false, $expiry = false);

    /**
     * Asks the database now. False for expired files.
     *
     * @param string $path
     * @return bool
     */
    public function fileExists($path);

    /**
     * Asks the database now. False for an expired file.
     *
     * @return bool
     */
    public function exists();

    /**
     * Sends the bytes to the output, without any header, in constant memory.
     *
     * @return bool
     */
    public function passthrough();

    /**
     * Copies on the server; the destination is replaced.
     *
     * @param string $srcPath
     * @param string $dstPath
     * @return bool
     */
    public function fileCopy($srcPath, $dstPath);

    /**
     * A copy, as there are no links in a database.
     *
     * @param string $srcPath
     * @param string $dstPath
     * @param mixed $symLink
     * @return bool
     */
    public function fileLinkCopy($srcPath, $dstPath, $symLink);

    /**
     * Moves on the server; the destination is replaced.
     *
     * @param string $srcPath
     * @param string $dstPath
     * @return bool
     */
    public function fileMove($srcPath, $dstPath);

    /**
     * Moves the object's file. The object keeps its path.
     *
     * @param string $dstPath
     * @return bool
     */
    public function move($dstPath);

    /**
     * Names of all files, live and expired, of these scopes, or with $excludeScopes of all
     * others.
     *
     * @param string[]|string|false $scopes
     * @param bool $excludeScopes
     * @return string[]|false
     */
    public function getFileList($scopes = false, $excludeScopes = false);

    /**
     * Stores what was made, ends the generation, and leaves a local copy. Returns the content if
     * there is one, else the binary data; null when there is neither. Nothing is stored for an
     * object without a path.
     *
     * @param string|array{content?: mixed, binarydata?: string, scope?: string, datatype?: string, store?: bool} $fileData
     * @return mixed
     */
    public function storeCache($fileData);

    /**
     * Claims the file in the whole cluster, to make a new version of it. True, or the seconds
     * until the claim of somebody else times out. True, with a message, also for a name that
     * leaves no room for that of a claim.
     *
     * @return true|int
     */
    public function startCacheGeneration();

    /**
     * Makes what was stored since startCacheGeneration the file, and gives the claim up; with
     * false, only the latter. False when nothing was being made.
     *
     * @param bool $rename
     * @return bool
     */
    public function endCacheGeneration($rename = true);

    /**
     * Gives the claim up and leaves the file as it is.
     *
     * @return bool
     */
    public function abortCacheGeneration();

    /**
     * Renews the claim. False when it is lost to somebody else.
     *
     * @return bool
     */
    public function checkCacheGenerationTimeout();

    /**
     * Files of the site have to be stored in the cluster first.
     *
     * @return true
     */
    public function requiresClusterizing();

    /**
     * Deleted files stay, marked as expired, until they are purged.
     *
     * @return true
     */
    public function requiresPurge();

    /**
     * Expired content can be used while a new version is made.
     *
     * @return true
     */
    public function hasStaleCacheSupport();

    /**
     * The path as visitors ask for it.
     *
     * @param string $filePath
     * @return string
     */
    public function applyServerUri($filePath);
}

/**
 * The kernel's mark of handlers that must let go of a database before a fork.
 */
interface ezpDatabaseBasedClusterFileHandler
{
    /**
     * Closes this process's connections to the database; the next use connects anew.
     *
     * @return void
     */
    public function disconnect();
}

/**
 * The cluster file handler of eZ Publish, for files in a database. One object stands for one
 * file, or for none. Problems that the caller survives are warnings (inside the kernel:
 * errors of eZDebug). From the first construction in a request on, it counts as an
 * eZDFSFileHandler too, unless ezdbfile.dfs_alias is off or there is a class of that name.
 *
 * @property array|false $metaData
 *     The row of the file with the keys name, name_hash, datatype, scope, size and mtime
 *     (negative when expired), and id, or in the layout "hash" name_trunk and expired; false
 *     when there is no such file. Loaded when it is first read; setting it to null, and nothing
 *     else, forgets it.
 *
 * @property-read string $cacheType
 *     By the path: viewcache, cacheblock or misc.
 */
class eZDBFileHandler implements eZClusterFileHandlerInterface, ezpDatabaseBasedClusterFileHandler
{
    /**
     * Files that are fetched leave a local copy.
     */
    public const LOCAL_CACHE = 1;

    /**
     * So many paths have their metadata remembered during a request.
     */
    public const INFOCACHE_MAX = 200;

    /**
     * The path of the file, relative to the site root; false for none.
     *
     * @var string|false
     */
    public $filePath = false;

    /**
     * The final path while this object generates a new version, else null.
     *
     * @var string|null
     */
    public $realFilePath;

    /**
     * Asks the database nothing. Throws eZClusterHandlerDBNoConnectionException (the kernel's,
     * or eZDBFileConnectionException) when there is no connection to be had.
     *
     * @param string|false $filePath
     */
    public function __construct($filePath = false) {}

    /**
     * Runs of slashes and backslashes become one slash, and one at the end goes. What is no
     * string comes back as it is.
     *
     * @param mixed $path
     * @return mixed
     */
    public static function cleanPath($path) {}

    /**
     * Loads the metadata; with true, from the database in any case.
     *
     * @param bool $force
     * @return false|null false on error
     */
    public function loadMetaData($force = false) {}

    /**
     * Closes this process's connections to the database; the next use connects anew.
     *
     * @return void
     */
    public function disconnect() {}

    /**
     * Stores the local file of that path, with the time of its last change. With $delete the
     * local file goes, after the commit.
     *
     * @param string $filePath
     * @param string|false $scope
     * @param bool $delete
     * @param string|false $datatype
     * @return bool
     */
    public function fileStore($filePath, $scope = false, $delete = false, $datatype = false) {}

    /**
     * Stores these bytes under that path.
     *
     * @param string $filePath
     * @param mixed $contents
     * @param string|false $scope
     * @param string|false $datatype
     * @return bool
     */
    public function fileStoreContents($filePath, $contents, $scope = false, $datatype = false) {}

    /**
     * Stores these bytes under the path of the object, and on request as the local copy too.
     *
     * @param mixed $contents
     * @param string|false $scope
     * @param string|false $datatype
     * @param bool $storeLocally
     * @return bool
     */
    public function storeContents($contents, $scope = false, $datatype = false, $storeLocally = false) {}

    /**
     * Makes the local copy, unless there is a current one.
     *
     * @param string $filePath
     * @return string|false the path
     */
    public function fileFetch($filePath) {}

    /**
     * Makes the local copy of the object's file; with true, even when there is a current one.
     *
     * @param bool $noLocalCache
     * @return string|false the path
     */
    public function fetch($noLocalCache = false) {}

    /**
     * Makes a local copy under a fresh name beside the real one, with the same ending. The
     * caller deletes it.
     *
     * @return string|false its name
     */
    public function fetchUnique() {}

    /**
     * The bytes of that file, expired or not.
     *
     * @param string $filePath
     * @return string|false
     */
    public function fileFetchContents($filePath) {}

    /**
     * The bytes of the object's file, expired or not.
     *
     * @return string|false
     */
    public function fetchContents() {}

    /**
     * The metadata, as in the property metaData.
     *
     * @return array|false
     */
    public function stat() {}

    /**
     * Size in bytes; null when there is no such file, or, with a message, when the database does
     * not say.
     *
     * @return int|false|null
     */
    public function size() {}

    /**
     * Time of the last change, negative when expired; null when there is no such file, or, with
     * a message, when the database does not say.
     *
     * @return int|false|null
     */
    public function mtime() {}

    /**
     * MIME type, or a word such as php or misc; null when there is no such file, or, with a
     * message, when the database does not say.
     *
     * @return string|false|null
     */
    public function dataType() {}

    /**
     * The path of the object.
     *
     * @return string|false
     */
    public function name() {}

    /**
     * Asks the database now. False for expired files.
     *
     * @param string $path
     * @return bool
     */
    public function fileExists($path) {}

    /**
     * Asks the database now. False for an expired file.
     *
     * @return bool
     */
    public function exists() {}

    /**
     * True when $mtime is false, null, 0 or negative, or before $expiry, or before $curtime -
     * $ttl.
     *
     * @param string $fname
     * @param int|string|false|null $mtime
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public static function isFileExpired($fname, $mtime, $expiry, $curtime, $ttl) {}

    /**
     * isFileExpired by the time of the file in the cluster.
     *
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public function isExpired($expiry, $curtime, $ttl) {}

    /**
     * isFileExpired by the time of the local copy.
     *
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public function isLocalFileExpired($expiry, $curtime, $ttl) {}

    /**
     * isFileExpired by the time of the file in the cluster; a missing one is expired.
     *
     * @param int|string|false|null $expiry
     * @param int|string|false|null $curtime
     * @param int|string|false|null $ttl
     * @return bool
     */
    public function isDBFileExpired($expiry, $curtime, $ttl) {}

    /**
     * Names of all files, live and expired, of these scopes, or with $excludeScopes of all
     * others.
     *
     * @param string[]|string|false $scopes
     * @param bool $excludeScopes
     * @param array{int, int}|false $limit offset and count
     * @param string|false $path prefix of the names
     * @return string[]|false
     */
    public function getFileList($scopes = false, $excludeScopes = false, $limit = false, $path = false) {}

    /**
     * The path as visitors ask for it.
     *
     * @param string $filePath
     * @return string
     */
    public function applyServerUri($filePath) {}

    /**
     * Expired content can be used while a new version is made.
     *
     * @return true
     */
    public function hasStaleCacheSupport() {}

    /**
     * Files of the site have to be stored in the cluster first.
     *
     * @return true
     */
    public function requiresClusterizing() {}

    /**
     * Deleted files stay, marked as expired, until they are purged.
     *
     * @return true
     */
    public function requiresPurge() {}

    /**
     * Marks the object's file, and everything below it if it is a directory, as expired.
     *
     * @return bool
     */
    public function delete() {}

    /**
     * Marks as expired: the path and everything below it; with true, only what is below; with a
     * string, what starts with path/string.
     *
     * @param string $path
     * @param string|bool $fnamePart
     * @return bool
     */
    public function fileDelete($path, $fnamePart = false) {}

    /**
     * Marks as expired what starts with commonPath/item/commonSuffix, for every item of the
     * list. An empty item is left out, with a message.
     *
     * @param string[] $dirList
     * @param string $commonPath
     * @param string $commonSuffix
     * @return bool
     */
    public function fileDeleteByDirList($dirList, $commonPath, $commonSuffix) {}

    /**
     * Marks as expired what matches: * is any run of characters, ? one character, {a,b}
     * alternatives, all else itself.
     *
     * @param string $wildcard
     * @return bool
     */
    public function fileDeleteByWildcard($wildcard) {}

    /**
     * Marks as expired what is below the directory and matches from there on, in the expressions
     * of the server.
     *
     * @param string $dir
     * @param string $fileRegex
     * @return bool
     */
    public function fileDeleteByRegex($dir, $fileRegex) {}

    /**
     * Removes the local copy, and directories that it leaves empty.
     *
     * @return bool
     */
    public function deleteLocal() {}

    /**
     * Removes the local copy of that path, and directories that it leaves empty.
     *
     * @param string $path
     * @return bool
     */
    public function fileDeleteLocal($path) {}

    /**
     * Really removes what is expired of the path and everything below it, or what is older than
     * $expiry, in batches. Calls back after each. Then removes the local copy, of a directory
     * with everything below it.
     *
     * @param (callable(string, int): mixed)|false $printCallback is given the path and the number of rows
     * @param int|false $microsleep between batches
     * @param int|false $max rows in a batch, 100 when false
     * @param int|false $expiry a time; what is older goes even if it is not expired
     * @return bool
     */
    public function purge($printCallback = false, $microsleep = false, $max = false, $expiry = false) {}

    /**
     * Names of expired files of these scopes, of which there must be one at least.
     *
     * @param string[]|string $scopes
     * @param array{int, int}|false $limit offset and count
     * @param int|false $expiry only files that are older than so many seconds
     * @return string[]|false
     */
    public function fetchExpiredItems($scopes, $limit = [0, 100], $expiry = false) {}

    /**
     * Copies on the server; the destination is replaced.
     *
     * @param string $srcPath
     * @param string $dstPath
     * @return bool
     */
    public function fileCopy($srcPath, $dstPath) {}

    /**
     * A copy, as there are no links in a database.
     *
     * @param string $srcPath
     * @param string $dstPath
     * @param mixed $symLink
     * @return bool
     */
    public function fileLinkCopy($srcPath, $dstPath, $symLink) {}

    /**
     * Moves on the server; the destination is replaced.
     *
     * @param string $srcPath
     * @param string $dstPath
     * @return bool
     */
    public function fileMove($srcPath, $dstPath) {}

    /**
     * Moves the object's file. The object keeps its path.
     *
     * @param string $dstPath
     * @return bool
     */
    public function move($dstPath) {}

    /**
     * Content of a cache: retrieved from the file while that is fresh, else made by this process
     * and stored, while others use the old content or wait. Returns what the callback returned
     * that made or retrieved it; an eZClusterFileFailure when there is no content and nobody to
     * make it here: the caller makes it then and calls storeCache, which stores nothing where
     * the claim was refused.
     *
     * @param (callable(string, int): mixed)|false|null $retrieveCallback is given the local path and its time
     * @param (callable(string): mixed)|false|null $generateCallback returns what storeCache takes; null when the caller makes the content, false when nobody does
     * @param int|string|null $ttl seconds that the content lives
     * @param int|string|null $expiry what is older is not fresh
     * @param mixed $extraData is passed on to the callbacks when it is not null
     * @return mixed
     */
    public function processCache($retrieveCallback, $generateCallback = null, $ttl = null, $expiry = null, $extraData = null) {}

    /**
     * processCache without making anything; null when there is no fresh content.
     *
     * @param (callable(string, int): mixed)|false|null $callback
     * @param int|string|false|null $expiry
     * @param mixed $extraData is passed on to the callbacks when it is not null
     * @return mixed
     */
    public function processFile($callback, $expiry = false, $extraData = null) {}

    /**
     * Stores what was made, ends the generation, and leaves a local copy. Returns the content if
     * there is one, else the binary data; null when there is neither. Nothing is stored for an
     * object without a path.
     *
     * @param string|array{content?: mixed, binarydata?: string, scope?: string, datatype?: string, store?: bool} $fileData
     * @return mixed
     */
    public function storeCache($fileData) {}

    /**
     * Claims the file in the whole cluster, to make a new version of it. True, or the seconds
     * until the claim of somebody else times out. True, with a message, also for a name that
     * leaves no room for that of a claim.
     *
     * @return true|int
     */
    public function startCacheGeneration() {}

    /**
     * Renews the claim. False when it is lost to somebody else.
     *
     * @return bool
     */
    public function checkCacheGenerationTimeout() {}

    /**
     * Makes what was stored since startCacheGeneration the file, and gives the claim up; with
     * false, only the latter. False when nothing was being made.
     *
     * @param bool $rename
     * @return bool
     */
    public function endCacheGeneration($rename = true) {}

    /**
     * Gives the claim up and leaves the file as it is.
     *
     * @return bool
     */
    public function abortCacheGeneration() {}

    /**
     * Sends the bytes to the output, without any header, in constant memory.
     *
     * @param int|string $offset
     * @param int|string|false|null $length to the end when false or null
     * @return bool
     */
    public function passthrough($offset = 0, $length = false) {}
}

/**
 * Files in the database by name, without what the kernel knows about files. Expired files do
 * not exist here, and deleted ones are gone for good. False is for a file that does not
 * exist; errors are exceptions.
 */
class eZDBFile
{
    /**
     * Stores the local file under that name.
     *
     * @param string $realfilename
     * @param string $filetype
     * @param string $localfilename
     * @param string $scope
     * @return true
     */
    public static function storeFile($realfilename, $filetype, $localfilename, $scope) {}

    /**
     * Stores these bytes under that name.
     *
     * @param string $filename
     * @param mixed $fileContent
     * @param string $scope
     * @return true
     */
    public static function storeContentToFile($filename, $fileContent, $scope) {}

    /**
     * Whether there is a live file of that name.
     *
     * @param string $filename
     * @return bool
     */
    public static function fileExists($filename) {}

    /**
     * Time of the last change.
     *
     * @param string $filename
     * @return int|false
     */
    public static function fileMTime($filename) {}

    /**
     * Size in bytes.
     *
     * @param string $filename
     * @return int|false
     */
    public static function fileSize($filename) {}

    /**
     * MIME type.
     *
     * @param string $filename
     * @return string|false
     */
    public static function fileType($filename) {}

    /**
     * The metadata, as in the property metaData of eZDBFileHandler.
     *
     * @param string $filename
     * @return array|false
     */
    public static function fileMetadata($filename) {}

    /**
     * The bytes.
     *
     * @param string $filename
     * @return string|false
     */
    public static function fetchFile($filename) {}

    /**
     * Sends the bytes to the output.
     *
     * @param string $filename
     * @return bool
     */
    public static function passThru($filename) {}

    /**
     * Writes the bytes to a new temporary file.
     *
     * @param string $filename
     * @return string|false its name
     */
    public static function saveToTmpFile($filename) {}

    /**
     * Writes the bytes to a local file, by default of the same name.
     *
     * @param string $filename
     * @param string $filenameOnFileSystem
     * @return bool
     */
    public static function saveToFileSystem($filename, $filenameOnFileSystem = 'default') {}

    /**
     * Deletes what matches the wildcard.
     *
     * @param string $wildcard
     * @return int how many files
     */
    public static function deleteWildcard($wildcard) {}

    /**
     * Deletes what matches the expression, in the dialect of the server.
     *
     * @param string $regex
     * @return int how many files
     */
    public static function deleteRegex($regex) {}

    /**
     * Deletes the file.
     *
     * @param string $filename
     * @return bool
     */
    public static function delete($filename) {}

    /**
     * Gives the file another name; a file of that name is replaced.
     *
     * @param string $srcFilename
     * @param string $dstFilename
     * @return bool
     */
    public static function rename($srcFilename, $dstFilename) {}

    /**
     * Copies the file; a file of that name is replaced.
     *
     * @param string $srcFilename
     * @param string $dstFilename
     * @return bool
     */
    public static function copy($srcFilename, $dstFilename) {}

    /**
     * Stores a file that came with a form, by the name of its field.
     *
     * @param string $postVariable
     * @return string the name it is stored under
     */
    public static function uploadHTTPFile($postVariable) {}
}
