<?php
// ezdbfile_serve() does what $_SERVER says, whether the script has named it, so that PHP has made it, or
// not, so that php-fpm is asked instead.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

const IMAGE = 'var/fpm/storage/images/serve/image.png';

(new eZDBFileHandler(IMAGE))->storeContents('0123456789', 'image', 'image/png');

/** The answer as far as it is the same every time. */
function answer(string $page, array $parameters, string $pool = ''): array
{
    $fpm = new FastCgiClient(getenv('EZDB_FPM_SOCKET') . $pool, getenv('EZDB_FPM_PAGES'));
    $response = $fpm->get($page, [], $parameters);
    $fields = $response->headers;
    unset($fields['expires']);
    return ['body' => $response->body, ...$fields];
}

$plain = ['REQUEST_URI' => '/' . IMAGE];
$etag = answer('serve.php', $plain)['etag'];
$requests = [
    'plain' => [[], null, '0123456789'],
    'HEAD' => [['REQUEST_METHOD' => 'HEAD'], null, ''],
    'POST' => [['REQUEST_METHOD' => 'POST'], '405 Method Not Allowed', null],
    'other path' => [['REQUEST_URI' => '/var/fpm/storage/images/none.png'], '404 Not Found', null],
    'part' => [['HTTP_RANGE' => 'bytes=2-4'], '206 Partial Content', '234'],
    'part of another version' => [['HTTP_RANGE' => 'bytes=2-4', 'HTTP_IF_RANGE' => '"x"'], null, '0123456789'],
    'known' => [['HTTP_IF_NONE_MATCH' => $etag], '304 Not Modified', ''],
    'not changed since' => [['HTTP_IF_MODIFIED_SINCE' => gmdate('D, d M Y H:i:s', time() + 10) . ' GMT'], '304 Not Modified', ''],
    'changed since' => [['HTTP_IF_UNMODIFIED_SINCE' => 'Sat, 01 Jan 2000 00:00:00 GMT'], '412 Precondition Failed', null],
];
foreach ($requests as $what => [$parameters, $status, $body]) {
    $seen = answer('serve.php', $parameters + $plain);
    expect("status of: $what", $status, $seen['status'] ?? null);
    if ($body !== null) {
        expect("body of: $what", $body, $seen['body']);
    }
    expect("$what, by a script that names \$_SERVER", $seen, answer('serve-named.php', $parameters + $plain));
}
// php-fpm's env[...] is in $_SERVER, too. Parameters of the request come before it.
foreach (['serve.php', 'serve-named.php'] as $page) {
    expect("the pool's precondition, by $page", '412 Precondition Failed', answer($page, $plain, '2')['status'] ?? null);
    expect("the request's own, by $page", null, answer($page, $plain + ['HTTP_IF_MATCH' => $etag], '2')['status'] ?? null);
}
// A script's own view counts.
$changes = ['REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/' . IMAGE, 'HTTP_RANGE' => 'bytes=7-'];
$seen = answer('serve-changed.php', ['CHANGES' => base64_encode(json_encode($changes))]);
expect('what the script has made of the request', ['206 Partial Content', '789'], [$seen['status'] ?? null, $seen['body']]);
