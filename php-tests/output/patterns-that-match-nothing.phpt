--TEST--
A pattern of ezdbfile.serve_paths with ** before its end publishes nothing, and the log says so
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
put('var/site/storage/images/a.png', 'image', 'image', 'image/png');
put('var/site/cache/content/secret', 'secret');
/** What is served, and what the log says. */
$serve = static function (string $patterns, string $path): array {
    $said = child('$_SERVER["REQUEST_METHOD"] = "GET"; ezdbfile_serve("' . $path . '");', ['-d', "ezdbfile.serve_paths=\"$patterns\""], scratch('served'));
    $body = file_get_contents(scratch('served'));
    return [
        preg_match('~<title>(.*)</title>~', $body, $found) ? $found[1] : $body,
        trim($said) === 'ezdbfile: ezdbfile.serve_paths: "var/**/images/*" matches nothing; ** stands at the end of a pattern only' ? 'told' : $said,
    ];
};
foreach (['var/*/storage/images/**', 'var/**/images/*', 'var/**/images/*, var/*/storage/images/*'] as $patterns) {
    foreach (['var/site/storage/images/a.png', 'var/site/cache/content/secret'] as $path) {
        show("$patterns: " . basename($path), $serve($patterns, $path));
    }
}
?>
--EXPECT--
var/*/storage/images/**: a.png: ['image', '']
var/*/storage/images/**: secret: ['404 Not Found', '']
var/**/images/*: a.png: ['404 Not Found', 'told']
var/**/images/*: secret: ['404 Not Found', 'told']
var/**/images/*, var/*/storage/images/*: a.png: ['image', '']
var/**/images/*, var/*/storage/images/*: secret: ['404 Not Found', 'told']
