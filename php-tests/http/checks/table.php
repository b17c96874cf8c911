<?php
// Requests and what must come back, for one server.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

const IMAGES = 'var/site/storage/images/table/';
const CHANGED = 784111777;
const SAME = 'Sun, 06 Nov 1994 08:49:37 GMT';
const SAME_RFC850 = 'Sunday, 06-Nov-94 08:49:37 GMT';
const SAME_ASCTIME = 'Sun Nov  6 08:49:37 1994';
const BEFORE = 'Sun, 06 Nov 1994 08:49:36 GMT';
const AFTER = 'Sun, 06 Nov 1994 08:49:38 GMT';
const FUTURE = 'Sat, 06 Nov 2094 08:49:37 GMT';
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

$front = fronts()[$argv[1]];

store_as(IMAGES . 'ten.png', '0123456789', 'image/png', CHANGED);
store_as(IMAGES . 'empty.png', '', 'image/png', CHANGED);
store_as(IMAGES . 'drawing.svg', '<svg/>', 'image/svg+xml', CHANGED);
store_as(IMAGES . 'page', '<p>', 'text/html; charset=utf-8', CHANGED);
store_as(IMAGES . 'feed', '<a/>', 'application/rss+xml', CHANGED);
store_as(IMAGES . 'script', 'x()', 'application/x-javascript', CHANGED);
store_as(IMAGES . 'guess.JPG', 'jpeg', 'misc', CHANGED);
store_as(IMAGES . 'unknown', 'bytes', 'php', CHANGED);
store_as(IMAGES . 'code.php', '<?php', 'text/html', CHANGED);
store_as(IMAGES . 'code.phtml', '<?php', 'image/png', CHANGED);
store_as(IMAGES . 'text.txt', 'text', 'text/plain; charset=koi8-r', CHANGED);
store_as(IMAGES . 'save.zip', 'zip', 'application/zip', CHANGED);
store_as(IMAGES . 'future.png', 'later', 'image/png', time() + 86400);
store_as(IMAGES . 'gone.png', 'was here');
(new eZDBFileHandler(IMAGES . 'gone.png'))->delete();
// As large as what is read before the header goes out, in two rows.
$two_rows = store_as(IMAGES . 'two-rows.png', noise(65536, 2), 'image/png', CHANGED);
$large = store_as(IMAGES . 'large.png', noise(300_000), 'image/png', CHANGED);

$etag = get($front, '/' . IMAGES . 'ten.png')->field('ETag');
expect('the form of an entity tag', 1, preg_match('/^"[!#-~]+"$/', $etag));
$numbers = fn (int $count): string => implode(',', array_map(fn (int $n): string => $n * 4 . '-' . $n * 4, range(0, $count - 1)));
$huge = str_repeat('9', 60);

// method, file, header fields of the request, status, fields of the response (null: none), body (null: a page)
$whole = fn (array $headers): array => ['GET', 'ten.png', $headers, 200, ['Content-Length' => '10', 'Content-Range' => null], '0123456789'];
$part = fn (array $headers, string $range, string $body): array =>
    ['GET', 'ten.png', $headers, 206, ['Content-Range' => "bytes $range/10", 'Content-Length' => (string) strlen($body), 'ETag' => $etag], $body];
$not_modified = fn (array $headers): array => ['GET', 'ten.png', $headers, 304, ['ETag' => $etag, 'Last-Modified' => SAME, 'Content-Length' => null], ''];
$failed = fn (array $headers): array => ['GET', 'ten.png', $headers, 412, ['Cache-Control' => 'no-cache', 'Content-Type' => 'text/html; charset=utf-8'], null];
$nothing = fn (array $headers): array => ['GET', 'ten.png', $headers, 416, ['Content-Range' => 'bytes */10'], null];

$rows = [
    ['GET', 'ten.png', [], 200, [
        'Content-Type' => 'image/png', 'Content-Length' => '10', 'Last-Modified' => SAME, 'ETag' => $etag,
        'Accept-Ranges' => 'bytes', 'Cache-Control' => 'public, max-age=86400', 'X-Content-Type-Options' => 'nosniff',
        'Content-Security-Policy' => null, 'Content-Disposition' => null, 'Content-Encoding' => null,
    ], '0123456789'],
    ['GET', 'ten.png?a=1&b=../x', [], 200, ['Content-Length' => '10'], '0123456789'],
    ['GET', 'empty.png', [], 200, ['Content-Length' => '0', 'Content-Type' => 'image/png'], ''],
    ['GET', 'two-rows.png', [], 200, ['Content-Length' => '65536'], $two_rows],
    ['GET', 'two-rows.png', ['If-None-Match' => '"other"'], 200, ['Content-Length' => '65536'], $two_rows],
    ['GET', 'two-rows.png', ['Range' => 'bytes=65530-65535'], 206, ['Content-Range' => 'bytes 65530-65535/65536'], substr($two_rows, -6)],
    ['GET', 'large.png', [], 200, ['Content-Length' => '300000'], $large],
    ['GET', 'missing.png', [], 404, ['Cache-Control' => 'no-cache', 'ETag' => null, 'Last-Modified' => null], null],
    ['GET', 'gone.png', [], 404, ['Cache-Control' => 'no-cache'], null],
    ['GET', 'gone.png', ['If-None-Match' => '*', 'Range' => 'bytes=0-0'], 404, [], null],

    // Types.
    ['GET', 'drawing.svg', [], 200, ['Content-Type' => 'image/svg+xml', 'Content-Security-Policy' => SANDBOX], '<svg/>'],
    ['GET', 'drawing.svg', ['Range' => 'bytes=1-3'], 206, ['Content-Security-Policy' => SANDBOX], 'svg'],
    ['GET', 'page', [], 200, ['Content-Type' => 'text/html; charset=utf-8', 'Content-Security-Policy' => SANDBOX], '<p>'],
    ['GET', 'feed', [], 200, ['Content-Type' => 'application/rss+xml', 'Content-Security-Policy' => SANDBOX], '<a/>'],
    ['GET', 'script', [], 200, ['Content-Type' => 'application/x-javascript', 'Content-Security-Policy' => SANDBOX], 'x()'],
    ['GET', 'guess.JPG', [], 200, ['Content-Type' => 'image/jpeg', 'Content-Security-Policy' => null], 'jpeg'],
    ['GET', 'unknown', [], 200, ['Content-Type' => 'application/octet-stream'], 'bytes'],
    ['GET', 'code.php', [], 200, ['Content-Type' => 'application/octet-stream', 'X-Content-Type-Options' => 'nosniff'], '<?php'],
    ['GET', 'code.phtml', [], 200, ['Content-Type' => 'application/octet-stream'], '<?php'],
    ['GET', 'text.txt', [], 200, ['Content-Type' => 'text/plain; charset=koi8-r'], 'text'],
    ['GET', 'save.zip', [], 200, ['Content-Disposition' => 'attachment'], 'zip'],

    // Methods: before the path is looked at.
    ['POST', 'ten.png', ['Content-Length' => '0'], 405, ['Allow' => 'GET, HEAD'], null],
    ['PUT', 'ten.png', ['Content-Length' => '0'], 405, ['Allow' => 'GET, HEAD'], null],
    ['DELETE', 'missing.png', [], 405, ['Allow' => 'GET, HEAD'], null],
    ['OPTIONS', 'ten.png', [], 405, ['Allow' => 'GET, HEAD'], null],

    // RFC 9110 section 13.
    $not_modified(['If-None-Match' => $etag]),
    $not_modified(['If-None-Match' => "W/$etag"]),
    $not_modified(['If-None-Match' => '*']),
    $not_modified(['If-None-Match' => "\"a\", W/\"b\" ,,$etag"]),
    $not_modified(['If-None-Match' => $etag, 'If-Modified-Since' => BEFORE]),
    $not_modified(['If-None-Match' => $etag, 'Range' => 'bytes=0-1']),
    $not_modified(['If-Modified-Since' => SAME]),
    $not_modified(['If-Modified-Since' => SAME_RFC850]),
    $not_modified(['If-Modified-Since' => SAME_ASCTIME]),
    $not_modified(['If-Modified-Since' => AFTER]),
    $not_modified(['If-Modified-Since' => FUTURE]),
    $whole(['If-None-Match' => '"other"']),
    $whole(['If-None-Match' => trim($etag, '"')]),
    $whole(['If-None-Match' => '"other"', 'If-Modified-Since' => SAME]),
    $whole(['If-Modified-Since' => BEFORE]),
    $whole(['If-Modified-Since' => 'yesterday']),
    $whole(['If-Match' => $etag]),
    $whole(['If-Match' => '*']),
    $whole(['If-Match' => "\"a\", $etag"]),
    $whole(['If-Match' => $etag, 'If-Unmodified-Since' => BEFORE]),
    $whole(['If-Unmodified-Since' => SAME]),
    $whole(['If-Unmodified-Since' => AFTER]),
    $whole(['If-Unmodified-Since' => 'never']),
    $failed(['If-Match' => '"other"']),
    $failed(['If-Match' => "W/$etag"]),
    $failed(['If-Match' => '"other"', 'If-None-Match' => $etag]),
    $failed(['If-Unmodified-Since' => BEFORE]),
    $failed(['If-Unmodified-Since' => BEFORE, 'Range' => 'bytes=0-1']),

    // RFC 9110 section 14.
    $part(['Range' => 'bytes=0-0'], '0-0', '0'),
    $part(['Range' => 'bytes=3-3'], '3-3', '3'),
    $part(['Range' => 'bytes=2-5'], '2-5', '2345'),
    $part(['Range' => 'bytes=9-'], '9-9', '9'),
    $part(['Range' => 'bytes=0-'], '0-9', '0123456789'),
    $part(['Range' => 'bytes=-1'], '9-9', '9'),
    $part(['Range' => 'bytes=-50'], '0-9', '0123456789'),
    $part(['Range' => 'bytes=7-99'], '7-9', '789'),
    $part(['Range' => "bytes=7-$huge"], '7-9', '789'),
    $part(['Range' => "bytes=-$huge"], '0-9', '0123456789'),
    $part(['Range' => 'bytes= 7-8 ,'], '7-8', '78'),
    $part(['Range' => 'BYTES=7-8'], '7-8', '78'),
    $part(['Range' => 'bytes=2-3,4-5'], '2-5', '2345'),
    $part(['Range' => 'bytes=4-6,2-5'], '2-6', '23456'),
    $part(['Range' => 'bytes=50-60,4-4'], '4-4', '4'),
    $part(['Range' => 'bytes=1-2', 'If-Range' => $etag], '1-2', '12'),
    $part(['Range' => 'bytes=1-2', 'If-Range' => SAME], '1-2', '12'),
    $part(['Range' => 'bytes=1-2', 'If-Range' => SAME_ASCTIME], '1-2', '12'),
    $part(['Range' => 'bytes=1-2', 'If-Match' => $etag], '1-2', '12'),
    $part(['Range' => 'bytes=1-2', 'If-None-Match' => '"other"'], '1-2', '12'),
    $part(['Range' => 'bytes=1-2', 'If-Unmodified-Since' => SAME], '1-2', '12'),
    $whole(['Range' => 'bytes=1-2', 'If-Range' => '"other"']),
    $whole(['Range' => 'bytes=1-2', 'If-Range' => "W/$etag"]),
    $whole(['Range' => 'bytes=1-2', 'If-Range' => BEFORE]),
    $whole(['Range' => 'bytes=1-2', 'If-Range' => AFTER]),
    $whole(['Range' => 'bytes=20-', 'If-Range' => '"other"']),
    $whole(['Range' => 'bytes=5-2']),
    $whole(['Range' => 'bytes=1-2,5-2']),
    $whole(['Range' => 'bytes=a-b']),
    $whole(['Range' => 'bytes=-']),
    $whole(['Range' => 'bytes=']),
    $whole(['Range' => 'bytes']),
    $whole(['Range' => 'chunks=1-2']),
    $whole(['Range' => 'bytes=0-,0-0']),
    $nothing(['Range' => 'bytes=10-']),
    $nothing(['Range' => 'bytes=10-20,30-']),
    $nothing(['Range' => 'bytes=-0']),
    $nothing(['Range' => "bytes=$huge-"]),
    ['GET', 'empty.png', ['Range' => 'bytes=0-'], 416, ['Content-Range' => 'bytes */0'], null],
    ['GET', 'empty.png', ['Range' => 'bytes=-1'], 416, ['Content-Range' => 'bytes */0'], null],
    ['GET', 'large.png', ['Range' => 'bytes=65534-131071'], 206, ['Content-Length' => '65538'], substr($large, 65534, 65538)],
    ['GET', 'large.png', ['Range' => 'bytes=-5'], 206, ['Content-Range' => 'bytes 299995-299999/300000'], substr($large, -5)],
    ['GET', 'large.png', ['Range' => 'bytes=' . $numbers(17)], 200, ['Content-Length' => '300000'], $large],
];

$pages = ['mysql', 'mariadb', 'sqlstate', 'ezdbfile_data', 'stack', getenv('EZDB_TEST_SOCKET'), getenv('EZDB_TEST_USER') . '"'];
foreach ($rows as [$method, $file, $headers, $status, $fields, $body]) {
    $what = "$method $file " . json_encode($headers, JSON_UNESCAPED_SLASHES);
    $response = request($front, $method, '/' . IMAGES . $file, $headers);
    expect("$what: status", $status, $response->status);
    foreach ($fields as $name => $value) {
        expect("$what: $name", $value, $response->field($name));
    }
    if ($body !== null) {
        expect("$what: body", $body, $response->body);
    } else {
        expect("$what: a page", 1, preg_match("~^<!DOCTYPE html>.*<title>$status .*</html>\n\$~s", $response->body));
        expect("$what: Content-Length", (string) strlen($response->body), $response->field('Content-Length'));
        foreach ($pages as $internal) {
            expect("$what: $internal in the page", false, stripos($response->body, $internal));
        }
    }
    if (in_array($status, [200, 206, 304], true)) {
        $date = strtotime($response->field('Date'));
        $expires = strtotime($response->field('Expires'));
        expect("$what: Expires", true, abs($expires - $date - 86400) <= 2);
        expect("$what: no Content-Type but its own", $status === 304 ? 'image/png' : $response->field('Content-Type'), $response->field('Content-Type') ?? 'image/png');
    }
    if ($method !== 'GET' || isset($headers['Range']) && $status !== 412 && $status !== 304 && $status !== 404) {
        continue;
    }
    // HEAD differs in the body alone.
    $head = request($front, 'HEAD', '/' . IMAGES . $file, $headers);
    expect("$what: status of HEAD", $response->status, $head->status);
    expect("$what: body of HEAD", '', $head->body);
    $comparable = function (array $headers): array {
        // Seconds pass between the two.
        unset($headers['date'], $headers['expires'], $headers['keep-alive']);
        // Apache leaves a Content-Length of 0 out of answers to HEAD, whoever set it.
        if (str_starts_with($headers['server'][0] ?? '', 'Apache') && ($headers['content-length'] ?? null) === ['0']) {
            unset($headers['content-length']);
        }
        ksort($headers);
        return $headers;
    };
    expect("$what: header of HEAD", $comparable($response->headers), $comparable($head->headers));
}

// HEAD answers as for the whole file, whatever the range.
foreach (['bytes=0-1', 'bytes=50-', 'bytes=0-0,5-5'] as $range) {
    $head = request($front, 'HEAD', '/' . IMAGES . 'ten.png', ['Range' => $range]);
    expect("HEAD of $range", [200, '10', null], [$head->status, $head->field('Content-Length'), $head->field('Content-Range')]);
}

// A file is never from the future.
$future = get($front, '/' . IMAGES . 'future.png');
expect('the date of a file from the future', true, strtotime($future->field('Last-Modified')) <= strtotime($future->field('Date')));

// Several ranges: parts in the order asked for, each with its own header.
foreach ([
    ['ten.png', '0123456789', 'bytes=8-8,0-1,4-4', ['8-8', '0-1', '4-4']],
    ['ten.png', '0123456789', 'bytes=8-8,0-1,4-4,2-2', ['8-8', '0-2', '4-4']],
    ['ten.png', '0123456789', 'bytes=-1, 0-0', ['9-9', '0-0']],
    ['large.png', $large, 'bytes=299990-,0-9,65530-65540,131000-200000', ['299990-299999', '0-9', '65530-65540', '131000-200000']],
    ['large.png', $large, 'bytes=' . $numbers(16), explode(',', $numbers(16))],
] as [$file, $bytes, $range, $parts]) {
    $response = get($front, '/' . IMAGES . $file, ['Range' => $range]);
    expect("$range: status", 206, $response->status);
    expect("$range: Content-Range", null, $response->field('Content-Range'));
    expect("$range: type", 1, preg_match('#^multipart/byteranges; boundary=([0-9a-zA-Z\'()+_,./:=? -]{1,70})$#', $response->field('Content-Type'), $found));
    $body = '';
    foreach ($parts as $index => $part) {
        [$first, $last] = explode('-', $part);
        $body .= ($index ? "\r\n" : '') . "--$found[1]\r\nContent-Type: image/png\r\nContent-Range: bytes $part/" . strlen($bytes)
            . "\r\n\r\n" . substr($bytes, (int) $first, $last - $first + 1);
    }
    $body .= "\r\n--$found[1]--\r\n";
    expect("$range: body", $body, $response->body);
    expect("$range: length", (string) strlen($body), $response->field('Content-Length'));
}
