--TEST--
Patterns mean bytes where the connection's character set takes each byte for a character
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$cafe = "var/caf\u{E9}";
foreach (['utf8mb4', 'latin1'] as $charset) {
    foreach ([
        'wildcard' => ['fileDeleteByWildcard', ["$charset/var/caf?/x*"], ["$cafe/x.png", 'var/cafe/x.png'], ["$cafe/y.png", 'var/ca/x.png']],
        'expression' => ['fileDeleteByRegex', ["$charset/$cafe/", 'x'], ["$cafe/x.png"], ["$cafe/ax.png", "$cafe/y.png"]],
        'expression of one character' => ['fileDeleteByRegex', ["$charset/$cafe/", '[^a]b'], ["$cafe/xb"], ["$cafe/ab", "$cafe/aab"]],
    ] as $label => [$method, $arguments, $meant, $others]) {
        $code = "define('CLUSTER_STORAGE_CHARSET', '$charset'); \$handler = new eZDBFileHandler();";
        foreach ([...$meant, ...$others] as $name) {
            $code .= '$handler->fileStoreContents(' . var_export("$charset/$name", true) . ', "x");';
        }
        $code .= '$handler->' . $method . '(...' . var_export($arguments, true) . ');';
        $exists = static fn (string $name): string => '$handler->fileExists(' . var_export("$charset/$name", true) . ') ? "live" : "deleted"';
        $code .= 'echo implode(" ", [' . implode(', ', array_map($exists, [...$meant, ...$others])) . ']);';
        show("$charset, $label", child($code));
    }
}
?>
--EXPECT--
utf8mb4, wildcard: 'deleted deleted live live'
utf8mb4, expression: 'deleted live live'
utf8mb4, expression of one character: 'deleted live live'
latin1, wildcard: 'deleted deleted live live'
latin1, expression: 'deleted live live'
latin1, expression of one character: 'deleted live live'
