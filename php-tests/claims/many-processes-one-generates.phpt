--TEST--
Of 32 processes that miss one file exactly one generates, and all return what it made
--CONFLICTS--
many
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$told = all_together(32, '
    $handler = new eZDBFileHandler("var/cache/a.php");
    $result = $handler->processCache(
        static fn ($path) => include $path,
        static function ($path) {
            note("generated");
            return ["content" => ["made by" => getmypid(), "bytes" => str_repeat("x", 20000)], "scope" => "viewcache", "datatype" => "php"];
        }
    );
    tell(["result" => $result, "state" => [$handler->filePath, $handler->realFilePath], "warnings" => warnings(), "local" => is_file("var/cache/a.php")]);
');
show('generated', notes());
show('answers', [count($told), count(array_unique(array_map('serialize', $told))), array_keys($told[0]['result']), strlen($told[0]['result']['bytes'])]);
unset($told[0]['result']);
show('each', $told[0]);
show('rows', [live(), claims(), faults(), unlocked(), tree()]);
?>
--EXPECT--
generated: ['generated']
answers: [32, 1, ['made by', 'bytes'], 20000]
each: ['state' => ['var/cache/a.php', null], 'warnings' => [], 'local' => true]
rows: [['var/cache/a.php'], [], [], true, ['var/', 'var/cache/', 'var/cache/a.php']]
