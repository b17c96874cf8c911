<?php
// Uses the cluster when the extension has ended the request already: in a save handler of sessions, whose module ends later.

chdir(getenv('EZDB_FPM_SITE'));
if ($_GET['do'] === 'use it late') {
    $late = static function () {
        $there = (new eZDBFileHandler('var/fpm/late'))->stat();
        $claimed = (new eZDBFileHandler('var/fpm/cache/late'))->startCacheGeneration();
        return (bool) file_put_contents('late', json_encode([getmypid(), $there, $claimed]));
    };
    session_set_save_handler(static fn () => true, static fn () => true, static fn () => '', $late, static fn () => true, static fn () => 1);
    session_start(['use_cookies' => 0, 'cache_limiter' => '', 'lazy_write' => 0]);
}
echo json_encode(['pid' => getmypid(), 'stat' => is_array((new eZDBFileHandler('var/fpm/late'))->stat()), 'late' => @file_get_contents('late')]);
