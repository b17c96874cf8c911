<?php
// With ezdbfile.sendfile the web server sends copies itself: with the same status, header and bytes,
// and never an old version.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

[, $with, $without, $directory] = $argv;
[$with, $without] = [fronts()[$with], fronts()[$without]];
const NAME = 'var/site/storage/images/handover/photo.jpg';
const TARGET = '/' . NAME;

/** The copies; not the file that counts them. */
function copies(string $directory): array
{
    return array_values(array_filter(glob("$directory/*/*"), 'is_file'));
}

/** The only copy. */
function copy_in(string $directory): string
{
    expect('copies', 1, count(copies($directory)));
    return copies($directory)[0];
}

function clear(string $directory): void
{
    array_map('unlink', [...copies($directory), "$directory/usage"]);
}

touch("$directory/usage");
clear($directory);
$bytes = store_as(NAME, noise(200_000), 'image/jpeg', 1700000000);
$etag = get($without, TARGET)->field('ETag');

// The same answers, as far as clients see.
$requests = [
    [], ['Range' => 'bytes=0-0'], ['Range' => 'bytes=199999-'], ['Range' => 'bytes=-10'], ['Range' => 'bytes=65530-65540'],
    ['Range' => 'bytes=0-'], ['Range' => 'bytes=5-2'], ['Range' => 'bytes=200000-'], ['Range' => 'bytes=0-1,5-6,7-8'],
    ['Range' => 'bytes=0-4', 'If-Range' => $etag], ['Range' => 'bytes=0-4', 'If-Range' => '"other"'],
    ['If-None-Match' => $etag], ['If-None-Match' => '"other"'], ['If-Match' => $etag], ['If-Match' => '"other"'],
    ['If-Modified-Since' => 'Wed, 15 Nov 2023 00:00:00 GMT'], ['If-Modified-Since' => 'Mon, 13 Nov 2023 00:00:00 GMT'],
    ['Accept-Encoding' => 'gzip'],
];
foreach (['GET', 'HEAD'] as $method) {
    foreach ($requests as $headers) {
        $seen = function (string $front) use ($method, $headers): array {
            $response = request($front, $method, TARGET, $headers);
            $fields = $response->headers;
            unset($fields['date'], $fields['expires'], $fields['keep-alive']);
            // The boundary between parts is random.
            $boundary = preg_match('/boundary=(\w+)/', $fields['content-type'][0] ?? '', $found) ? $found[1] : "\0";
            $fields['content-type'][0] = str_replace($boundary, '', $fields['content-type'][0] ?? '');
            ksort($fields);
            return ['status' => $response->status, 'body' => str_replace($boundary, '', $response->body)] + $fields;
        };
        expect("$method " . json_encode($headers), $seen($without), $seen($with));
    }
}
expect('bytes of the copy', $bytes, file_get_contents(copy_in($directory)));
expect('the number of bytes that is kept', '200000', explode(' ', file_get_contents("$directory/usage"))[0]);

// It is the web server that sends: the database is asked for metadata alone.
$sent = server_counter('Bytes_sent');
expect('bytes from the copy', $bytes, get($with, TARGET)->body);
$sent = server_counter('Bytes_sent') - $sent;
expect("$sent bytes from the database", true, $sent < 10_000);
$before = statements();
get($with, TARGET);
expect('statements for a copy that is there', 1, statements() - $before);
get($with, TARGET, ['Range' => 'bytes=5-7']);
expect('statements for a part of it', 2, statements() - $before);

// A new version of the same second and size is another copy at once.
$newer = store_as(NAME, strrev($bytes), 'image/jpeg', 1700000000);
expect('the new version', $newer, get($with, TARGET)->body);
expect('the entity tag of the new version', false, get($with, TARGET)->field('ETag') === $etag);
expect('copies of two versions', 2, count(copies($directory)));
(new eZDBFileHandler(NAME))->delete();
expect('a deleted file', 404, get($with, TARGET)->status);

// A copy that was cut short by somebody is not sent.
clear($directory);
store_as(NAME, $bytes, 'image/jpeg', 1700000000);
get($with, TARGET);
expect('from the copy', $bytes, get($with, TARGET)->body);
file_put_contents(copy_in($directory), 'short');
expect('a damaged copy is made anew', $bytes, get($with, TARGET)->body);
expect('the new copy', $bytes, file_get_contents(copy_in($directory)));
// nginx may have the damaged one open for a second: its responses are then visibly cut.
$end = microtime(true) + SECONDS_TO_WAIT;
while (($response = get($with, TARGET))->body !== $bytes && microtime(true) < $end) {
    expect('a response that is cut', true, strlen($response->body) < (int) $response->field('Content-Length'));
}
expect('from the new copy', $bytes, $response->body);

// A copy that nobody can open: PHP sends the file.
chmod(copy_in($directory), 0);
$response = get($with, TARGET);
expect('a copy that cannot be opened', [200, $bytes], [$response->status, $response->body]);
expect('a part of it', substr($bytes, 5, 3), get($with, TARGET, ['Range' => 'bytes=5-7'])->body);
array_map('unlink', copies($directory));
expect('without the copy', $bytes, get($with, TARGET)->body);

// One that nginx cannot open, after PHP has found it there, is sent by PHP.
if (str_starts_with($argv[1], 'nginx')) {
    $blind = fronts()['nginx-blind'];
    foreach ([[], ['Range' => 'bytes=5-7'], ['If-None-Match' => '"other"']] as $headers) {
        [$seen, $expected] = [get($blind, TARGET, $headers), get($without, TARGET, $headers)];
        expect('what nginx cannot open', [$expected->status, $expected->body, $expected->field('ETag'), $expected->field('Cache-Control')],
            [$seen->status, $seen->body, $seen->field('ETag'), $seen->field('Cache-Control')]);
    }
}

// Empty files, and names that no header field could hold.
foreach (["var/site/storage/images/handover/a\r\nX-Evil: 1.png", 'var/site/storage/images/handover/%0d%0a.png', 'var/site/storage/images/handover/é.png'] as $name) {
    $content = store_as($name, "content of $name");
    $response = get($with, '/' . implode('/', array_map('rawurlencode', explode('/', $name))));
    expect("$name: body", [200, $content], [$response->status, $response->body]);
    expect("$name: fields", null, $response->field('X-Evil'));
}
clear($directory);
store_as(NAME, '', 'image/jpeg', 1700000000);
expect('an empty file', [200, ''], [get($with, TARGET)->status, get($with, TARGET)->body]);
expect('its copy', '', file_get_contents(copy_in($directory)));

// Copies that cannot be made: files are sent all the same, and the log says why.
clear($directory);
store_as(NAME, $bytes, 'image/jpeg', 1700000001);
rename($directory, "$directory.away");
file_put_contents($directory, 'a file where the directory should be');
$response = get($with, TARGET);
unlink($directory);
rename("$directory.away", $directory);
expect('without a directory', [200, $bytes], [$response->status, $response->body]);
$log = file_get_contents(getenv('EZDB_HTTP') . '/php-' . explode('-', basename($directory))[1] . '.log');
expect('what the log says of it', 1, preg_match('/no copy for the web server: .*' . preg_quote($directory, '/') . '/', $log));
expect('with the directory again', [200, $bytes], [get($with, TARGET)->status, get($with, TARGET)->body]);
expect('the copy then', $bytes, file_get_contents(copy_in($directory)));
