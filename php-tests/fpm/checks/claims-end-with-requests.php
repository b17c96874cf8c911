<?php
// However a request ends, its claims end with it, and the worker serves the next one.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

store(1000);
$fpm = fpm();
$pid = $fpm->get('use.php')->data()['pid'];
$ends = ['the end', 'exit', 'exit in a shutdown function', 'exception', 'error of the compiler', 'out of memory', 'time limit', 'answer sent before'];
foreach (['by hand', 'in a callback'] as $claim) {
    foreach ($ends as $i => $end) {
        $file = "var/fpm/cache/$i";
        $answer = $fpm->get('claim.php', ['file' => $file, 'claim' => $claim, 'by' => $end])->body;
        expect("a claim $claim that ends by $end", 'claimed', strtok($answer, "\n"));
        // The answer of the next request is the sign that the one before is over.
        expect("the worker after a claim $claim that ended by $end", $pid, $fpm->get('use.php')->data()['pid']);
        expect("a row after a claim $claim that ended by $end", 0, rows_named("$file.generating"));
        expect("a file after a claim $claim that ended by $end", 0, rows_named($file));
        expect("a new claim after a claim $claim that ended by $end", true, claimable($file));
    }
}
$request = $fpm->start('claim.php', ['file' => 'var/fpm/cache/gone', 'claim' => 'by hand', 'by' => 'client']);
$request->abandonAfter(100_000);
expect('the worker after a client went away', $pid, $fpm->get('use.php')->data()['pid']);
expect('a row after a client went away', 0, rows_named('var/fpm/cache/gone.generating'));
expect('a new claim after a client went away', true, claimable('var/fpm/cache/gone'));
expect('a page after all that', 'made', $fpm->get('cache.php', ['do' => 'page', 'file' => 'var/fpm/cache/0', 'content' => 'made'])->data()['result']);
expect_soon('connections open, that of this process included', 2, 'open_connections');

function rows_named(string $name): int
{
    $result = admin()->execute_query('SELECT COUNT(*) FROM ' . ini_get('ezdbfile.database') . '.ezdbfile WHERE name = ?', [$name]);
    return (int) $result->fetch_row()[0];
}

function claimable(string $file): bool
{
    $handler = new eZDBFileHandler($file);
    return $handler->startCacheGeneration() === true && $handler->endCacheGeneration(false);
}
