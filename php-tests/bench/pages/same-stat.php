<?php
// As stat.php, by a client in C within PHP: see limit/php.c.

declare(strict_types=1);

$path = $_GET['path'];
$start = hrtime(true);
$size = same_stat($path);
$time = hrtime(true) - $start;
echo json_encode(['us' => $time / 1000, 'size' => $size]);
