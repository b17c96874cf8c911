<?php
/*
 * What the workers of a php-fpm pool have in memory, idle and at most while a large file goes out: a line of
 * JSON for the worker that grew most, in KiB.
 *
 *   php worker-memory.php CONTENDER PID-OF-PHP-FPM POOL URL-OF-A-SMALL-FILE URL-OF-THE-LARGE-ONE
 */

declare(strict_types=1);

[, $contender, $master, $pool, $small, $large] = $argv;

/** @return list<string> ids of the processes */
function workers(string $master, string $pool): array
{
    $children = explode(' ', trim(file_get_contents("/proc/$master/task/$master/children")));
    return array_values(array_filter($children, static fn (string $pid): bool => str_contains(file_get_contents("/proc/$pid/cmdline"), "pool $pool")));
}

function kibibytes(string $pid, string $what): int
{
    return (int) preg_replace("/.*$what:\s+(\d+).*/s", '$1', file_get_contents("/proc/$pid/status"));
}

$idle = $most = [];
for ($i = 0; $i < 40; $i++) {
    file_get_contents($small);
}
foreach (workers($master, $pool) as $pid) {
    file_put_contents("/proc/$pid/clear_refs", '5');
    $idle[$pid] = kibibytes($pid, 'VmRSS');
}
for ($i = 0; $i < 8; $i++) {
    if (strlen(file_get_contents($large)) !== 16 << 20) {
        throw new RuntimeException("$large is not whole");
    }
}
foreach ($idle as $pid => $before) {
    $most[$pid] = kibibytes((string) $pid, 'VmHWM') - $before;
}
arsort($most);
$worker = array_key_first($most);
echo json_encode(['contender' => $contender, 'idle' => $idle[$worker], 'peak' => $idle[$worker] + $most[$worker]]), "\n";
