<?php
// What must not leave is refused before the database is asked, and any name that may leave does.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

$front = fronts()[$argv[1]];
$images = 'var/site/storage/images';
store_as("$images/a.png", 'public');
store_as("$images-versioned/1/a.png", 'version');
foreach (["$images/a.png.generating", 'var/site/storage/original/secret.pdf', 'var/site/cache/content/secret.cache', 'settings/secret.ini', "$images/%2e%2e/secret"] as $secret) {
    // Under a name that can be stored, for the extension stores none of some of these.
    store_as('var/secret', 'SECRET CONTENT', 'text/plain', 1);
    database()->prepare('DELETE FROM ezdbfile WHERE name = ?')->execute([$secret]);
    database()->query('SET foreign_key_checks = 0');
    database()->prepare('UPDATE ezdbfile SET name = ?, name_hash = MD5(name)' . by_layout('', ', name_trunk = name') . " WHERE name = 'var/secret'")
        ->execute([$secret]);
    if (by_layout('', 'hash') !== '') {
        database()->prepare("UPDATE ezdbfile_data SET name_hash = MD5(?) WHERE name_hash = MD5('var/secret')")->execute([$secret]);
    }
    database()->query('SET foreign_key_checks = 1');
}
expect('a public file', 'public', get($front, "/$images/a.png")->body);
expect('a version', 'version', get($front, "/$images-versioned/1/a.png")->body);

$long = str_repeat('a', 4096);
$before = statements();
foreach ([
    '/', '/var', "/$images", "/$images/", "/$images//a.png", "/$images/a.png/", "/$images/./a.png", '//' . "$images/a.png",
    "/$images/../original/secret.pdf", "/$images/../../../../settings/secret.ini", "/$images/x/../a.png",
    "/$images/%2e%2e/original/secret.pdf", "/$images/%2E%2E%2foriginal%2fsecret.pdf", "/$images/..%2f..%2fcache/content/secret.cache",
    "/$images/.%2e/a.png", "/$images%2f..%2foriginal%2fsecret.pdf",
    "/$images/%252e%252e/secret", "/$images/%252e%252e%252foriginal%252fsecret.pdf", "/$images/%25252e%25252e/secret",
    "/$images/a.png%00", "/$images/%00/a.png", "/$images/a%2500.png",
    "/$images/..%5coriginal%5csecret.pdf", "/$images/a%5cb.png", "/$images/%255c",
    "/$images/a.png.generating",
    '/var/site/storage/original/secret.pdf', '/var/site/cache/content/secret.cache', '/settings/secret.ini', '/settings/site.ini',
    '/var/site/storage/imagesx/a.png', '/var/a/b/storage/images/a.png', '/Var/site/storage/images/a.png', '/xvar/site/storage/images/a.png',
    "/$images/$long", "/$images/" . str_repeat('%61', 1365), "/$images/" . str_repeat('../', 1300) . 'etc/passwd',
] as $target) {
    $response = get($front, $target);
    // 400 and 414 are the web server's own.
    expect(substr($target, 0, 100), true, in_array($response->status, [400, 403, 404, 414], true));
    expect(substr($target, 0, 100) . ': secrets', false, strpos($response->body, 'SECRET CONTENT'));
}
expect('statements for what is refused', $before, statements());

// Data, never pattern, SQL or code. The path is decoded once.
foreach ([
    'with space.png', "quote's.png", 'double"quote.png', '100%.png', '%41.png', '%s_%.png', 'under_score.png', '*.png', '[a].png', '$HOME.png', ';.png',
    'a+b.png', 'a&b=c.png', 'a#b.png', 'a?b.png', 'café.png', "caf\xe9.png", '日本.png', "'; DROP TABLE ezdbfile; --.png", '<script>.png', '...png', '.hidden', '~.png',
] as $name) {
    try {
        store_as("$images/names/$name", "content of $name");
    } catch (ErrorException $e) {
        // Bytes that the tables of the site cannot hold.
        expect("why $name is not stored", 1, preg_match('/cannot hold|character set/', $e->getMessage()));
        continue;
    }
    $response = get($front, "/$images/names/" . rawurlencode($name));
    expect("$name: body", "content of $name", $response->body);
}
expect('a missing name is shown as text', false, strpos(get($front, "/$images/" . rawurlencode('<script>alert(1)</script>'))->body, '<script>'));
expect('the absolute form of a target', 'public', get($front, "http://localhost/$images/a.png?x")->body);
