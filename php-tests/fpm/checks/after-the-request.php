<?php
// What PHP code asks for when the extension has ended the request already is nothing for the next one.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$fpm = fpm();
$first = $fpm->get('late.php', ['do' => 'use it late'])->data();
expect('a file that is not there', false, $first['stat']);
// The answer of the next request is the sign that the one before is over.
$pid = $fpm->get('use.php')->data()['pid'];
expect('the worker', $first['pid'], $pid);
(new eZDBFileHandler('var/fpm/late'))->storeContents('there now');
$next = $fpm->get('late.php', ['do' => 'look'])->data();
expect('what was done late', [$pid, false, true], json_decode($next['late']));
expect('the file, which was looked up late', true, $next['stat']);
$first = $fpm->get('late.php', ['do' => 'use it late'])->data();
expect_soon('a claim that was made late is free', true, static function () {
    $handler = new eZDBFileHandler('var/fpm/cache/late');
    return $handler->startCacheGeneration() === true && $handler->abortCacheGeneration();
});
