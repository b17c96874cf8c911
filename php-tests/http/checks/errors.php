<?php
// Without a database, and with damaged data. "down" and "up" are called around a restart.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

const IMAGES = 'var/site/storage/images/errors/';
$join = 'ezdbfile_data d JOIN ezdbfile f ON ' . by_layout('d.masterid = f.id', 'd.name_hash = f.name_hash');
$internal = ['mysql', 'mariadb', 'sqlstate', 'ezdbfile_data', 'damaged', 'row', getenv('EZDB_TEST_SOCKET'), getenv('EZDB_TEST_PASSWORD')];
$check = function (string $what, HttpResponse $response, int $status) use ($internal): void {
    expect("$what: status", $status, $response->status);
    expect("$what: caching", 'no-cache', $response->field('Cache-Control'));
    expect("$what: validators", [null, null], [$response->field('ETag'), $response->field('Last-Modified')]);
    expect("$what: a page", 1, preg_match("~<title>$status .*</html>\n\$~s", $response->body));
    foreach ($internal as $word) {
        expect("$what: $word in the page", false, stripos($response->body, $word));
    }
};

foreach (array_diff_key(fronts(), ['nginx-gateway' => true, 'nginx-blind' => true]) as $name => $front) {
    if ($argv[1] === 'down') {
        $response = get($front, '/' . IMAGES . 'good.png');
        $check("$name without a database", $response, 503);
        expect("$name: Retry-After", '5', $response->field('Retry-After'));
        // What needs no database needs none.
        expect("$name: private paths", 404, get($front, '/' . IMAGES . '../x')->status === 400 ? 404 : get($front, '/' . IMAGES . '..%2fx')->status);
        continue;
    }
    if ($argv[1] === 'up') {
        expect("$name: the first request after it is back", 'good', get($front, '/' . IMAGES . 'good.png')->body);
        continue;
    }
    store_as(IMAGES . 'good.png', 'good');
    foreach ([
        'no rows' => "DELETE d FROM $join WHERE f.name = ?",
        'a short row' => "UPDATE $join SET d.filedata = 'x' WHERE f.name = ? AND d.filedata <> ''",
        'a long row' => "UPDATE $join SET d.filedata = REPEAT('x', 1000) WHERE f.name = ? AND d.filedata <> ''",
    ] as $what => $damage) {
        store_as(IMAGES . 'damaged.png', str_repeat('d', 100));
        database()->prepare($damage)->execute([IMAGES . 'damaged.png']);
        foreach ([[], ['Range' => 'bytes=50-60'], ['Range' => 'bytes=0-1,50-60']] as $headers) {
            $response = get($front, '/' . IMAGES . 'damaged.png', $headers);
            $check("$name with $what " . json_encode($headers), $response, 500);
        }
    }
    // Of several rows, and read before the header goes out.
    foreach ([
        'without its last row' => by_layout(
            "DELETE d FROM $join WHERE f.name = ? AND LENGTH(d.filedata) = 1",
            "DELETE d FROM $join WHERE f.name = ? AND d.`offset` = 65535"
        ),
        'with a longer last row' => "UPDATE $join SET d.filedata = 'xx' WHERE f.name = ? AND LENGTH(d.filedata) = 1",
        'with a shorter first row' => "UPDATE $join SET d.filedata = LEFT(d.filedata, 65534) WHERE f.name = ? AND LENGTH(d.filedata) > 1",
    ] as $what => $damage) {
        store_as(IMAGES . 'rows.png', noise(65536));
        $change = database()->prepare($damage);
        $change->execute([IMAGES . 'rows.png']);
        expect("$name: rows that were damaged $what", 1, $change->affected_rows);
        $check("$name with a file $what", get($front, '/' . IMAGES . 'rows.png'), 500);
    }
    expect("$name: the next request", 'good', get($front, '/' . IMAGES . 'good.png')->body);

    // Damage that shows in the middle: the response ends short.
    store_as(IMAGES . 'late.png', str_repeat('l', 100_000));
    database()->prepare("UPDATE $join SET d.filedata = 'x' WHERE f.name = ? AND d.filedata <> ''")->execute([IMAGES . 'late.png']);
    $response = get($front, '/' . IMAGES . 'late.png');
    expect("$name: a body that breaks off at once", true, $response->status >= 500 || strlen($response->body) < (int) $response->field('Content-Length'));
    $bytes = store_as(IMAGES . 'large.png', noise(500_000), 'image/png', 1700000000);
    database()->query(by_layout(
        'DELETE FROM ezdbfile_data ORDER BY id DESC LIMIT 2',
        // The mark of the version too.
        "DELETE FROM ezdbfile_data WHERE name_hash = '" . md5(IMAGES . 'large.png') . "' ORDER BY `offset` DESC LIMIT 3"
    ));
    $response = get($front, '/' . IMAGES . 'large.png');
    if ($response->status === 200) {
        expect("$name: length of a damaged file", '500000', $response->field('Content-Length'));
        expect("$name: a damaged file", true, strlen($response->body) < 500_000);
        expect("$name: what came of it", substr($bytes, 0, strlen($response->body)), $response->body);
    } else {
        expect("$name: status of a damaged file", true, $response->status >= 500);
    }
    foreach (['plain', 'accel', 'sendfile', 's'] as $pool) {
        $log = @file_get_contents(getenv('EZDB_HTTP') . "/php-$pool.log") ?: '';
        expect("the password in the log of $pool", false, strpos($log, getenv('EZDB_TEST_PASSWORD')));
    }
}
if ($argv[1] === 'damaged') {
    // What a client sends begins no line of its own in the log.
    $name = IMAGES . "x\n[01-Jan-2000 00:00:00 UTC] PHP Fatal error: forged";
    store_as($name, 'bytes');
    database()->prepare("DELETE d FROM $join WHERE f.name = ?")->execute([$name]);
    expect('a name with a line break', 500, get(fronts()['nginx'], '/' . implode('/', array_map('rawurlencode', explode('/', $name))))->status);
    $log = file_get_contents(getenv('EZDB_HTTP') . '/php-plain.log');
    expect('the log on damage', 1, preg_match('~ezdbfile: ' . IMAGES . 'damaged.png: the stored file is damaged: ~', $log));
    expect('lines that a client made', 0, preg_match('/^\[01-Jan-2000/m', $log));
    expect('the log on a cut response', 1, preg_match('~ezdbfile: ' . IMAGES . 'large.png: the response was cut: ~', $log));
}
