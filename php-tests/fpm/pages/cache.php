<?php
// One access to a cache file, as a page of the kernel does it. Answers with what came back, and who and where this was.

chdir(getenv('EZDB_FPM_SITE'));
header('Content-Type: application/json');
$handler = new eZDBFileHandler($_GET['file']);
$include = fn ($path) => include $path;
$made = false;
$generate = function () use (&$made) {
    $made = true;
    if (isset($_GET['gate'])) {
        // Goes on when the check lets it.
        $gate = fopen($_GET['gate'], 'r');
        flock($gate, LOCK_SH);
    }
    return ['content' => $_GET['content'], 'scope' => 'viewcache', 'datatype' => 'php'];
};
$result = match ($_GET['do']) {
    'page' => $handler->processCache($include, isset($_GET['content']) ? $generate : false),
    'read' => $handler->processFile($include),
    'make' => $handler->processCache(null, $generate),
    'delete' => $handler->delete(),
    'delete all' => $handler->fileDelete(dirname($_GET['file'])),
    'move' => $handler->move($_GET['to']),
    'exists' => $handler->exists(),
};
echo json_encode(['result' => is_object($result) ? get_class($result) : $result, 'made' => $made, 'pid' => getmypid(), 'site' => getcwd()]);
