<?php
// A script around ezdbfile_serve() cannot spoil what it sends.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

const NAME = 'var/site/storage/images/output/a.png';
$bytes = store_as(NAME, noise(150_000), 'image/png', 1700000000);
foreach (['nginx', 'php-s'] as $name) {
    $front = fronts()[$name];
    $page = fn (string $do, array $more = [], array $headers = []): HttpResponse
        => get($front, '/page.php?' . http_build_query($more + ['do' => $do, 'path' => NAME]), $headers);
    foreach (['bom', 'after', 'twice', 'headers', 'status', 'answer'] as $do) {
        foreach ([[], ['Accept-Encoding' => 'gzip, deflate']] as $headers) {
            $response = $page($do, [], $headers);
            expect("$name $do: status", 200, $response->status);
            expect("$name $do: length", '150000', $response->field('Content-Length'));
            expect("$name $do: body", $bytes, $response->body);
            foreach (['Set-Cookie', 'Pragma', 'Content-Encoding', 'Content-Disposition', 'X-Late'] as $field) {
                expect("$name $do: $field", null, $response->field($field));
            }
            expect("$name $do: caching", 'public, max-age=86400', $response->field('Cache-Control'));
        }
    }
    expect("$name: other fields", '1', $page('headers')->field('X-Kept'));
    $late = $page('late')->body;
    expect("$name: too late", 1, preg_match('/^before  warning: .*the header was sent already.*false$/', $late));

    // The header was out when the script's callback threw: nothing of its own takes the file's place.
    $thrown = $page('throws');
    expect("$name: after an exception", ['', '150000'], [$thrown->body, $thrown->field('Content-Length')]);

    // The argument is taken as it is, the URI is decoded; both are held to the rules.
    expect("$name: an encoded argument", 404, $page('answer', ['path' => 'var/site/storage/images/output/%61.png'])->status);
    expect("$name: an argument with a slash", $bytes, $page('answer', ['path' => '/' . NAME])->body);
    expect("$name: a private argument", 404, $page('answer', ['path' => 'var/site/storage/original/a.png'])->status);
    expect("$name: an empty argument", 404, $page('answer', ['path' => ''])->status);
    expect("$name: an encoded URI", $bytes, $page('uri', ['path' => '/var/site/storage/images/output/%61.png'])->body);
    expect("$name: a URI with its host", $bytes, $page('uri', ['path' => 'http://example.com/' . NAME . '?x=/'])->body);
    expect("$name: another method", 405, $page('uri', ['path' => '/' . NAME, 'method' => 'DELETE'])->status);
}
$log = file_get_contents(getenv('EZDB_HTTP') . '/php-plain.log');
expect('what it answers', ['true'], array_values(array_unique(preg_match_all('/answer: (\w+)/', $log, $found) ? $found[1] : [])));
