<?php
// Two pools with sites of their own and one database: each sees at its next access what the other did.

declare(strict_types=1);

require __DIR__ . '/fpm.inc';

$nodes = ['a' => fpm(), 'b' => new FastCgiClient(getenv('EZDB_FPM_SOCKET') . '2', getenv('EZDB_FPM_PAGES'))];
$page = fn (string $node, array $query): array => $nodes[$node]->get('cache.php', $query + ['file' => 'var/fpm/cache/content/code.php', 'do' => 'page'])->data();

expect('different sites', true, $page('a', ['do' => 'exists'])['site'] !== $page('b', ['do' => 'exists'])['site']);
for ($i = 0; $i < 30; $i++) {
    [$one, $other] = $i % 2 ? ['a', 'b'] : ['b', 'a'];
    expect("version $i where it is made", "version $i", $page($one, ['do' => 'make', 'content' => "version $i"])['result']);
    expect("version $i on the other node", "version $i", $page($other, [])['result']);
    expect("version $i on the first node again", "version $i", $page($one, [])['result']);
    expect("version $i by processFile", "version $i", $page($other, ['do' => 'read'])['result']);
}
foreach (['delete', 'delete all'] as $how) {
    expect("$how on a", true, $page('a', ['do' => $how])['result']);
    expect("after $how, on b", false, $page('b', ['do' => 'exists'])['result']);
    expect("after $how, read on b", null, $page('b', ['do' => 'read'])['result']);
    $made = $page('b', ['content' => "new after $how"]);
    expect("after $how, made on b", ["new after $how", true], [$made['result'], $made['made']]);
    $seen = $page('a', ['content' => 'made by mistake']);
    expect("after $how, seen on a", ["new after $how", false], [$seen['result'], $seen['made']]);
}
expect('move on b', true, $page('b', ['do' => 'move', 'to' => 'var/fpm/cache/content/moved.php'])['result']);
expect('moved, the old name on a', null, $page('a', ['do' => 'read'])['result']);
expect('moved, the new name on a', 'new after delete all', $page('a', ['do' => 'read', 'file' => 'var/fpm/cache/content/moved.php'])['result']);
expect('moved, the new name on b', 'new after delete all', $page('b', ['do' => 'read', 'file' => 'var/fpm/cache/content/moved.php'])['result']);
