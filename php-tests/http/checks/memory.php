<?php
// A worker needs no more memory for a large file than for none.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

const MEBIBYTE = 1024;
foreach (['nginx' => 'plain'] as $name => $pool) {
    $front = fronts()[$name];
    $pid = fn (): int => get($front, '/page.php?do=pid')->data()['pid'];
    $peak = fn (int $pid): int => (int) preg_replace('/.*VmHWM:\s+(\d+).*/s', '$1', file_get_contents("/proc/$pid/status"));
    store_as('var/site/storage/images/memory/small.png', 'small');
    $large = store_as('var/site/storage/images/memory/large.png', noise(64 << 20), 'image/png');
    $workers = [];
    for ($i = 0; $i < 20; $i++) {
        get($front, '/var/site/storage/images/memory/small.png');
        get($front, '/var/site/storage/images/memory/large.png', ['Range' => 'bytes=0-0']);
        $workers[$pid()] = true;
    }
    $before = array_map($peak, array_combine(array_keys($workers), array_keys($workers)));
    for ($i = 0; $i < 4; $i++) {
        expect('the file', md5($large), md5(get($front, '/var/site/storage/images/memory/large.png')->body));
        get($front, '/var/site/storage/images/memory/large.png', ['Range' => 'bytes=0-20000000,30000000-60000000,-5']);
    }
    foreach ($before as $worker => $kibibytes) {
        $more = $peak($worker) - $kibibytes;
        expect("$more KiB more in worker $worker after 64 MiB", true, $more <= MEBIBYTE);
    }
}
