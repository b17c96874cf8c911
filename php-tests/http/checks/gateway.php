<?php
// The gateway class of the README serves through the kernel's own index_cluster.php.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

$shown = file_get_contents(getenv('EZDB_PROJECT') . '/README.md');
foreach (['extension/mysite/ezdbfilegateway.php', 'config.cluster.php'] as $file) {
    expect("$file as the README shows it", true, str_contains($shown, "```php\n" . file_get_contents(__DIR__ . "/../gateway/$file") . '```'));
}

const NAME = 'var/site/storage/images/gateway/a b.png';
$bytes = store_as(NAME, noise(200_000), 'image/png', 1700000000);
$front = fronts()['nginx-gateway'];
$target = '/' . str_replace(' ', '%20', NAME);
$response = get($front, $target);
expect('a file', [200, 'image/png', '200000'], [$response->status, $response->field('Content-Type'), $response->field('Content-Length')]);
expect('its bytes', $bytes, $response->body);
$response = get($front, $target, ['Range' => 'bytes=65530-65544']);
expect('a part', [206, substr($bytes, 65530, 15)], [$response->status, $response->body]);
expect('a missing file', 404, get($front, '/var/site/storage/images/gateway/missing.png')->status);
(new eZDBFileHandler(NAME))->delete();
expect('an expired file', 404, get($front, $target)->status);
