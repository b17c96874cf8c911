<?php
// As stat.php, but with a class of PHP that has the answer ready: what PHP itself takes in a new request.

declare(strict_types=1);

final class Plain
{
    public function __construct(private readonly string $path)
    {
    }

    /** @return array<string, mixed> */
    public function stat(): array
    {
        return ['name' => $this->path, 'datatype' => 'image/png', 'scope' => 'image', 'size' => 100, 'mtime' => 1_700_000_000];
    }
}

$class = 'Plain';
$path = $_GET['path'];
$start = hrtime(true);
$stat = (new $class($path))->stat();
$time = hrtime(true) - $start;
echo json_encode(['us' => $time / 1000, 'size' => (int) $stat['size']]);
