<?php
// For "php -S": what the rewrite rules do under nginx and Apache.
if (!preg_match('#^/var/[^/]+/storage/images(-versioned)?/#', rawurldecode($_SERVER['SCRIPT_NAME']))
    && !preg_match('#^/(var|\.|%|http)#i', $_SERVER['REQUEST_URI'])) {
    return false;
}
require __DIR__ . '/index_image.php';
