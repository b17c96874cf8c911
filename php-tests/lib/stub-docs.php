<?php
// What Reflection cannot tell about the extension. Per entry:
//   class, interface, constant   [text]
//   property                     [text, type]
//   magic property               [text, type, '-read' if it cannot be set]
//   function, method             [text, [parameter => type or [type, text], ...], return type]
// Methods of an interface are described where eZDBFileHandler has them.

declare(strict_types=1);

const PATH = 'string';
const EXTRA = ['mixed', 'is passed on to the callbacks when it is not null'];
const SCOPE = 'string|false';
const DATATYPE = 'string|false';
const TIME = 'int|string|false|null';

return [
    'ezdbfile_install' => [
        'Creates the two tables in the configured database. Does nothing where they are there already. '
        . 'Throws eZDBFileException where tables of these names have an unknown shape, or are of the other layout than the one given.',
        ['layout' => ["'id'|'hash'", 'without it, tables of either layout will do']],
        'void',
    ],
    'ezdbfile_check' => [
        'Looks through both tables for what is wrong, in steps that hold no lock, and says what it found. Returns the layout; '
        . 'live files, expired files and their bytes; open claims; columns that are narrow; how many problems of which kind were '
        . 'found; and the first 1000 of them. Throws eZDBFileException where the database refuses.',
        ['deep' => ['bool', 'reads every file as a request would'], 'repair' => ['bool', 'puts right what can be without loss']],
        'array{layout: string, files: int, bytes: int, expired: int, expired_bytes: int, claims: int, narrow: list<string>, '
        . 'found: array<string, int>, problems: list<array{name: string, kind: string, text: string, repairable: bool, repaired: bool}>}',
    ],
    'ezdbfile_migrate' => [
        'Converts the tables to the other layout beside the running site, file by file. Interrupted, for instance when '
        . 'PHP ends the script over max_execution_time, the site goes on with its tables, and the next call goes on where it was. Returns whether the '
        . 'tables are of this layout now, what was copied, and the first 1000 of the files that cannot be taken over whole: without '
        . 'leave_damaged one of them keeps it from its end. The old tables stay as ezdbfile_old and ezdbfile_data_old. Throws '
        . 'eZDBFileException where the database refuses.',
        ['to' => ['string', "'id' or 'hash'"], 'leave_damaged' => ['bool', 'leaves the bytes of damaged files in the old tables']],
        'array{done: bool, files: int, bytes: int, damaged: int, left_behind: int, problems: list<array{name: string, text: string}>}',
    ],
    'ezdbfile_serve' => [
        'Answers the current HTTP request with a file of the cluster: status, header and body, with conditional '
        . 'requests and ranges (RFC 9110), for GET and HEAD. Files that match no pattern of ezdbfile.serve_paths, and those '
        . 'that are missing or expired, are 404. Drops what waits in output buffers; what the script prints afterwards '
        . 'goes nowhere. Needs no kernel. True when a whole response was sent, of whatever status; false with a warning when '
        . 'the header was out already, and false when the body had to be cut.',
        ['path' => ['string|null', 'relative to the site root; null: the path of the request']],
        'bool',
    ],
    'ezdbfile_status' => [
        'Version, client library, server, cipher of the connection (empty: not encrypted), layout of the tables, and the counters of the connection pool. '
        . 'Throws eZDBFileException where there is no connection to be had, or no tables.',
        [],
        'array{version: string, client: string, server: string, cipher: string, database: string, layout: string, pool: array<string, int>}',
    ],

    'eZDBFileException' => ['Something about the cluster database or a file in it went wrong.'],
    'eZDBFileConnectionException' => [
        'No connection to the cluster database can be had. Thrown where the kernel\'s own '
        . 'eZClusterHandlerDBNoConnectionException cannot be loaded, and called by that name then too.',
    ],
    'eZDBFileFailure' => [
        'What a cache callback returns when it has no content. Called eZClusterFileFailure where the kernel\'s own class '
        . 'of that name cannot be loaded.',
    ],
    'eZDBFileFailure::FILE_EXPIRED' => ['The content is expired: make a new one.'],
    'eZDBFileFailure::FILE_CONTENT_GENERATE' => ['The content has to be made, and nobody does it here.'],
    'eZDBFileFailure::FILE_RETRIEVAL_FAILED' => ['The file cannot be used: make the content, and do not store it.'],
    'eZDBFileFailure::$errno' => ['One of the constants.', 'int'],
    'eZDBFileFailure::$message' => ['For people.', 'string'],
    'eZDBFileFailure::__construct' => ['Keeps both.', ['errno' => 'int', 'message' => 'string']],
    'eZDBFileFailure::errno' => ['One of the constants.', [], 'int'],
    'eZDBFileFailure::message' => ['For people.', [], 'string'],

    'eZClusterFileHandlerInterface' => ['The kernel\'s interface of all cluster file handlers.'],
    'ezpDatabaseBasedClusterFileHandler' => ['The kernel\'s mark of handlers that must let go of a database before a fork.'],

    'eZDBFileHandler' => [
        'The cluster file handler of eZ Publish, for files in a database. One object stands for one file, or for '
        . 'none. Problems that the caller survives are warnings (inside the kernel: errors of eZDebug). From the first '
        . 'construction in a request on, it counts as an eZDFSFileHandler too, unless ezdbfile.dfs_alias is off or '
        . 'there is a class of that name.',
    ],
    'eZDBFileHandler::LOCAL_CACHE' => ['Files that are fetched leave a local copy.'],
    'eZDBFileHandler::INFOCACHE_MAX' => ['So many paths have their metadata remembered during a request.'],
    'eZDBFileHandler::$filePath' => ['The path of the file, relative to the site root; false for none.', 'string|false'],
    'eZDBFileHandler::$realFilePath' => ['The final path while this object generates a new version, else null.', 'string|null'],
    'eZDBFileHandler::$metaData' => [
        'The row of the file with the keys name, name_hash, datatype, scope, size and mtime (negative when expired), and id, '
        . 'or in the layout "hash" name_trunk and expired; false when there is no such file. Loaded when it is first read; setting it to null, and nothing else, forgets it.',
        'array|false',
    ],
    'eZDBFileHandler::$cacheType' => ['By the path: viewcache, cacheblock or misc.', 'string', '-read'],

    'eZDBFileHandler::__construct' => [
        'Asks the database nothing. Throws eZClusterHandlerDBNoConnectionException (the kernel\'s, or eZDBFileConnectionException) '
        . 'when there is no connection to be had.',
        ['filePath' => 'string|false'],
    ],
    'eZDBFileHandler::cleanPath' => [
        'Runs of slashes and backslashes become one slash, and one at the end goes. What is no string comes back as it is.',
        ['path' => 'mixed'],
        'mixed',
    ],
    'eZDBFileHandler::loadMetaData' => ['Loads the metadata; with true, from the database in any case.', ['force' => 'bool'], 'false|null false on error'],

    'eZDBFileHandler::fileStore' => [
        'Stores the local file of that path, with the time of its last change. With $delete the local file goes, after the commit.',
        ['filePath' => PATH, 'scope' => SCOPE, 'delete' => 'bool', 'datatype' => DATATYPE],
        'bool',
    ],
    'eZDBFileHandler::fileStoreContents' => [
        'Stores these bytes under that path.',
        ['filePath' => PATH, 'contents' => 'mixed', 'scope' => SCOPE, 'datatype' => DATATYPE],
        'bool',
    ],
    'eZDBFileHandler::storeContents' => [
        'Stores these bytes under the path of the object, and on request as the local copy too.',
        ['contents' => 'mixed', 'scope' => SCOPE, 'datatype' => DATATYPE, 'storeLocally' => 'bool'],
        'bool',
    ],

    'eZDBFileHandler::fileFetch' => [
        'Makes the local copy, unless there is a current one.',
        ['filePath' => PATH],
        'string|false the path',
    ],
    'eZDBFileHandler::fetch' => [
        'Makes the local copy of the object\'s file; with true, even when there is a current one.',
        ['noLocalCache' => 'bool'],
        'string|false the path',
    ],
    'eZDBFileHandler::fetchUnique' => [
        'Makes a local copy under a fresh name beside the real one, with the same ending. The caller deletes it.',
        [],
        'string|false its name',
    ],
    'eZDBFileHandler::fileFetchContents' => ['The bytes of that file, expired or not.', ['filePath' => PATH], 'string|false'],
    'eZDBFileHandler::fetchContents' => ['The bytes of the object\'s file, expired or not.', [], 'string|false'],

    'eZDBFileHandler::stat' => ['The metadata, as in the property metaData.', [], 'array|false'],
    'eZDBFileHandler::size' => ['Size in bytes; null when there is no such file, or, with a message, when the database does not say.', [], 'int|false|null'],
    'eZDBFileHandler::mtime' => ['Time of the last change, negative when expired; null when there is no such file, or, with a message, when the database does not say.', [], 'int|false|null'],
    'eZDBFileHandler::dataType' => ['MIME type, or a word such as php or misc; null when there is no such file, or, with a message, when the database does not say.', [], 'string|false|null'],
    'eZDBFileHandler::name' => ['The path of the object.', [], 'string|false'],
    'eZDBFileHandler::fileExists' => ['Asks the database now. False for expired files.', ['path' => PATH], 'bool'],
    'eZDBFileHandler::exists' => ['Asks the database now. False for an expired file.', [], 'bool'],
    'eZDBFileHandler::isFileExpired' => [
        'True when $mtime is false, null, 0 or negative, or before $expiry, or before $curtime - $ttl.',
        ['fname' => 'string', 'mtime' => TIME, 'expiry' => TIME, 'curtime' => TIME, 'ttl' => TIME],
        'bool',
    ],
    'eZDBFileHandler::isExpired' => [
        'isFileExpired by the time of the file in the cluster.',
        ['expiry' => TIME, 'curtime' => TIME, 'ttl' => TIME],
        'bool',
    ],
    'eZDBFileHandler::isLocalFileExpired' => [
        'isFileExpired by the time of the local copy.',
        ['expiry' => TIME, 'curtime' => TIME, 'ttl' => TIME],
        'bool',
    ],
    'eZDBFileHandler::isDBFileExpired' => [
        'isFileExpired by the time of the file in the cluster; a missing one is expired.',
        ['expiry' => TIME, 'curtime' => TIME, 'ttl' => TIME],
        'bool',
    ],
    'eZDBFileHandler::getFileList' => [
        'Names of all files, live and expired, of these scopes, or with $excludeScopes of all others.',
        [
            'scopes' => 'string[]|string|false',
            'excludeScopes' => 'bool',
            'limit' => ['array{int, int}|false', 'offset and count'],
            'path' => ['string|false', 'prefix of the names'],
        ],
        'string[]|false',
    ],
    'eZDBFileHandler::applyServerUri' => ['The path as visitors ask for it.', ['filePath' => PATH], 'string'],
    'eZDBFileHandler::hasStaleCacheSupport' => ['Expired content can be used while a new version is made.', [], 'true'],
    'eZDBFileHandler::requiresClusterizing' => ['Files of the site have to be stored in the cluster first.', [], 'true'],
    'eZDBFileHandler::requiresPurge' => ['Deleted files stay, marked as expired, until they are purged.', [], 'true'],

    'eZDBFileHandler::delete' => ['Marks the object\'s file, and everything below it if it is a directory, as expired.', [], 'bool'],
    'eZDBFileHandler::fileDelete' => [
        'Marks as expired: the path and everything below it; with true, only what is below; with a string, what starts with path/string.',
        ['path' => PATH, 'fnamePart' => 'string|bool'],
        'bool',
    ],
    'eZDBFileHandler::fileDeleteByDirList' => [
        'Marks as expired what starts with commonPath/item/commonSuffix, for every item of the list. An empty item is left out, with a message.',
        ['dirList' => 'string[]', 'commonPath' => 'string', 'commonSuffix' => 'string'],
        'bool',
    ],
    'eZDBFileHandler::fileDeleteByWildcard' => [
        'Marks as expired what matches: * is any run of characters, ? one character, {a,b} alternatives, all else itself.',
        ['wildcard' => 'string'],
        'bool',
    ],
    'eZDBFileHandler::fileDeleteByRegex' => [
        'Marks as expired what is below the directory and matches from there on, in the expressions of the server.',
        ['dir' => 'string', 'fileRegex' => 'string'],
        'bool',
    ],
    'eZDBFileHandler::deleteLocal' => ['Removes the local copy, and directories that it leaves empty.', [], 'bool'],
    'eZDBFileHandler::fileDeleteLocal' => ['Removes the local copy of that path, and directories that it leaves empty.', ['path' => PATH], 'bool'],
    'eZDBFileHandler::purge' => [
        'Really removes what is expired of the path and everything below it, or what is older than $expiry, in batches. '
        . 'Calls back after each. Then removes the local copy, of a directory with everything below it.',
        [
            'printCallback' => ['(callable(string, int): mixed)|false', 'is given the path and the number of rows'],
            'microsleep' => ['int|false', 'between batches'],
            'max' => ['int|false', 'rows in a batch, 100 when false'],
            'expiry' => ['int|false', 'a time; what is older goes even if it is not expired'],
        ],
        'bool',
    ],
    'eZDBFileHandler::fetchExpiredItems' => [
        'Names of expired files of these scopes, of which there must be one at least.',
        [
            'scopes' => 'string[]|string',
            'limit' => ['array{int, int}|false', 'offset and count'],
            'expiry' => ['int|false', 'only files that are older than so many seconds'],
        ],
        'string[]|false',
    ],

    'eZDBFileHandler::fileCopy' => ['Copies on the server; the destination is replaced.', ['srcPath' => PATH, 'dstPath' => PATH], 'bool'],
    'eZDBFileHandler::fileLinkCopy' => ['A copy, as there are no links in a database.', ['srcPath' => PATH, 'dstPath' => PATH, 'symLink' => 'mixed'], 'bool'],
    'eZDBFileHandler::fileMove' => ['Moves on the server; the destination is replaced.', ['srcPath' => PATH, 'dstPath' => PATH], 'bool'],
    'eZDBFileHandler::move' => ['Moves the object\'s file. The object keeps its path.', ['dstPath' => PATH], 'bool'],

    'eZDBFileHandler::processCache' => [
        'Content of a cache: retrieved from the file while that is fresh, else made by this process and stored, while '
        . 'others use the old content or wait. Returns what the callback returned that made or retrieved it; an '
        . 'eZClusterFileFailure when there is no content and nobody to make it here: the caller makes it then and '
        . 'calls storeCache, which stores nothing where the claim was refused.',
        [
            'retrieveCallback' => ['(callable(string, int): mixed)|false|null', 'is given the local path and its time'],
            'generateCallback' => [
                '(callable(string): mixed)|false|null',
                'returns what storeCache takes; null when the caller makes the content, false when nobody does',
            ],
            'ttl' => ['int|string|null', 'seconds that the content lives'],
            'expiry' => ['int|string|null', 'what is older is not fresh'],
            'extraData' => EXTRA,
        ],
        'mixed',
    ],
    'eZDBFileHandler::processFile' => [
        'processCache without making anything; null when there is no fresh content.',
        ['callback' => '(callable(string, int): mixed)|false|null', 'expiry' => TIME, 'extraData' => EXTRA],
        'mixed',
    ],
    'eZDBFileHandler::storeCache' => [
        'Stores what was made, ends the generation, and leaves a local copy. Returns the content if there is one, else '
        . 'the binary data; null when there is neither. Nothing is stored for an object without a path.',
        ['fileData' => 'string|array{content?: mixed, binarydata?: string, scope?: string, datatype?: string, store?: bool}'],
        'mixed',
    ],
    'eZDBFileHandler::startCacheGeneration' => [
        'Claims the file in the whole cluster, to make a new version of it. True, or the seconds until the claim of '
        . 'somebody else times out. True, with a message, also for a name that leaves no room for that of a claim.',
        [],
        'true|int',
    ],
    'eZDBFileHandler::checkCacheGenerationTimeout' => [
        'Renews the claim. False when it is lost to somebody else.',
        [],
        'bool',
    ],
    'eZDBFileHandler::endCacheGeneration' => [
        'Makes what was stored since startCacheGeneration the file, and gives the claim up; with false, only the latter. '
        . 'False when nothing was being made.',
        ['rename' => 'bool'],
        'bool',
    ],
    'eZDBFileHandler::abortCacheGeneration' => ['Gives the claim up and leaves the file as it is.', [], 'bool'],

    'eZDBFileHandler::passthrough' => [
        'Sends the bytes to the output, without any header, in constant memory.',
        ['offset' => 'int|string', 'length' => ['int|string|false|null', 'to the end when false or null']],
        'bool',
    ],
    'eZDBFileHandler::disconnect' => ['Closes this process\'s connections to the database; the next use connects anew.', [], 'void'],

    'eZDBFile' => [
        'Files in the database by name, without what the kernel knows about files. Expired files do not exist here, and '
        . 'deleted ones are gone for good. False is for a file that does not exist; errors are exceptions.',
    ],
    'eZDBFile::storeFile' => [
        'Stores the local file under that name.',
        ['realfilename' => 'string', 'filetype' => 'string', 'localfilename' => 'string', 'scope' => 'string'],
        'true',
    ],
    'eZDBFile::storeContentToFile' => ['Stores these bytes under that name.', ['filename' => 'string', 'fileContent' => 'mixed', 'scope' => 'string'], 'true'],
    'eZDBFile::fileExists' => ['Whether there is a live file of that name.', ['filename' => 'string'], 'bool'],
    'eZDBFile::fileMTime' => ['Time of the last change.', ['filename' => 'string'], 'int|false'],
    'eZDBFile::fileSize' => ['Size in bytes.', ['filename' => 'string'], 'int|false'],
    'eZDBFile::fileType' => ['MIME type.', ['filename' => 'string'], 'string|false'],
    'eZDBFile::fileMetadata' => ['The metadata, as in the property metaData of eZDBFileHandler.', ['filename' => 'string'], 'array|false'],
    'eZDBFile::fetchFile' => ['The bytes.', ['filename' => 'string'], 'string|false'],
    'eZDBFile::passThru' => ['Sends the bytes to the output.', ['filename' => 'string'], 'bool'],
    'eZDBFile::saveToTmpFile' => ['Writes the bytes to a new temporary file.', ['filename' => 'string'], 'string|false its name'],
    'eZDBFile::saveToFileSystem' => [
        'Writes the bytes to a local file, by default of the same name.',
        ['filename' => 'string', 'filenameOnFileSystem' => 'string'],
        'bool',
    ],
    'eZDBFile::deleteWildcard' => ['Deletes what matches the wildcard.', ['wildcard' => 'string'], 'int how many files'],
    'eZDBFile::deleteRegex' => [
        'Deletes what matches the expression, in the dialect of the server.',
        ['regex' => 'string'],
        'int how many files',
    ],
    'eZDBFile::delete' => ['Deletes the file.', ['filename' => 'string'], 'bool'],
    'eZDBFile::rename' => ['Gives the file another name; a file of that name is replaced.', ['srcFilename' => 'string', 'dstFilename' => 'string'], 'bool'],
    'eZDBFile::copy' => ['Copies the file; a file of that name is replaced.', ['srcFilename' => 'string', 'dstFilename' => 'string'], 'bool'],
    'eZDBFile::uploadHTTPFile' => ['Stores a file that came with a form, by the name of its field.', ['postVariable' => 'string'], 'string the name it is stored under'],
];
