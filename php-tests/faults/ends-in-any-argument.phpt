--TEST--
Whatever argument runs PHP code may end the script: nothing is stored, deleted, claimed or left behind
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 1000], ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => (int)value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
mkdir('var');
$state = static fn () => [live(), expired(), array_map(bytes_of(...), live()), tree(), claims(), faults(), unlocked()];
/** Calls that are not ended do what they do. */
$restore = static function () {
    db()->query('DELETE FROM ezdbfile');
    db()->query('DELETE FROM ezdbfile_data');
    array_map(unlink(...), array_filter(tree(), is_file(...)));
    put('var/a', str_split(bytes(5000), 1000));
    put('var/stale', 'stale', mtime: -1000);
    local('var/local', 'local');
};
$restore();
$before = $state();
$prepared = <<<'CODE'
    class Ends
    {
        function __toString()
        {
            tell('ends');
            eval('class X { abstract function f(); }');
        }
    }
    CODE;
$extension = new ReflectionExtension('ezdbfile');
$functions = $extension->getFunctions();
foreach (['eZDBFileHandler' => "new eZDBFileHandler('var/a')", 'eZDBFile' => 'new eZDBFile', 'eZDBFileFailure' => 'new eZDBFileFailure(1)'] as $class => $object) {
    array_push($functions, ...(new ReflectionClass($class))->getMethods());
    $objects[$class] = $object;
}
$reached = [];
foreach ($functions as $function) {
    $count = $function->getNumberOfParameters();
    $call = match (true) {
        !$function instanceof ReflectionMethod => "$function->name(...\$arguments)",
        $function->isConstructor() => "new $function->class(...\$arguments)",
        $function->isStatic() => "$function->class::$function->name(...\$arguments)",
        default => "({$objects[$function->class]})->$function->name(...\$arguments)",
    };
    for ($place = 0; $place < $count; $place++) {
        $parameter = $function->getParameters()[$place]->name;
        $kinds = ['text' => 'new Ends', 'list' => '[new Ends]'] + ($parameter === 'fileData' ? ['field' => "['content' => 'x', 'scope' => new Ends]"] : []);
        foreach ($kinds as $kind => $ends) {
            if ($kind === 'list' && isset($reached["text of $function->name"]) && in_array($parameter, $reached["text of $function->name"], true)) {
                continue;
            }
            $process = Process::start("$prepared\n\$arguments = [$place => $ends] + array_fill(0, $count, 'var/new'); ksort(\$arguments); $call;", ['-d', 'display_errors=0']);
            $heard = $process->hear();
            $process->finish();
            if ($heard !== 'ends') {
                $restore();
                continue;
            }
            $reached["$kind of $function->name"][] = $parameter;
            $gone = eventually(static fn () => $connections() === 0);
            if ([$gone, $state()] !== [true, $before]) {
                show("$function->name, $parameter", [$gone, $state()]);
                $restore();
            }
        }
    }
}
foreach ($reached as $label => $parameters) {
    echo $label, ': ', implode(' ', $parameters), "\n";
}
show('afterwards', [(new eZDBFileHandler('var/a'))->fetchContents() === bytes(5000), can_be_claimed('var/stale')]);
?>
--EXPECT--
text of ezdbfile_install: layout
text of ezdbfile_migrate: to
text of ezdbfile_serve: path
text of __construct: filePath
text of __get: name
text of __set: name
text of __isset: name
text of __unset: name
text of fileStore: filePath scope datatype
text of fileStoreContents: filePath contents scope datatype
text of storeContents: contents scope datatype
text of fileFetch: filePath
text of fileFetchContents: filePath
text of fileExists: path filename
list of getFileList: scopes
text of applyServerUri: filePath
text of fileDelete: path fnamePart
list of fileDeleteByDirList: dirList
text of fileDeleteByWildcard: wildcard
text of fileDeleteByRegex: dir fileRegex
text of fileDeleteLocal: path
list of fetchExpiredItems: scopes
text of fileCopy: srcPath dstPath
text of fileLinkCopy: srcPath dstPath
text of fileMove: srcPath dstPath
text of move: dstPath
text of storeCache: fileData
field of storeCache: fileData
text of storeFile: realfilename filetype localfilename scope
text of storeContentToFile: filename fileContent scope
text of fileMTime: filename
text of fileSize: filename
text of fileType: filename
text of fileMetadata: filename
text of fetchFile: filename
text of passThru: filename
text of saveToTmpFile: filename
text of saveToFileSystem: filename filenameOnFileSystem
text of deleteWildcard: wildcard
text of deleteRegex: regex
text of delete: filename
text of rename: srcFilename dstFilename
text of copy: srcFilename dstFilename
text of uploadHTTPFile: postVariable
afterwards: [true, true]
