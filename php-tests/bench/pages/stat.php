<?php
// The beginning of most requests: what is this file? The class is in memory before, as opcache has it.

declare(strict_types=1);

$class = getenv('BENCH_CLASS');
if (!class_exists($class)) {
    require __DIR__ . "/../$class.php";
}
$path = $_GET['path'];
$start = hrtime(true);
$stat = (new $class($path))->stat();
$time = hrtime(true) - $start;
echo json_encode(['us' => $time / 1000, 'size' => (int) $stat['size']]);
