<?php
// A site at work: php -d extension=… beside.php writer|reader DIRECTORY PREFIX TREE
//
// Both go on until DIRECTORY/stop is there, and note how many rounds they have behind them. The writer
// stores version after version of some names; whatever the reader gets must be one of them, whole, and the
// files that nobody changes must be as they are in the tree. A warning is a failure.

[, $role, $directory, $prefix, $tree] = $argv;
set_error_handler(static function (int $level, string $text): never {
    throw new RuntimeException($text);
});
const NAMES = 5;

// Its length and its end tell whether it is whole.
function version(int $number): string
{
    $body = str_repeat(sprintf('%010d', $number), 1 + $number * 7919 % 20000);
    return $body . md5($body);
}

function check(string $content, int $least): int
{
    $number = (int) substr($content, 0, 10);
    if ($content !== version($number)) {
        throw new RuntimeException('a mixture of ' . strlen($content) . ' bytes');
    }
    if ($number < $least) {
        throw new RuntimeException("version $number after $least");
    }
    return $number;
}

// At once, since others look at it.
function note(string $directory, string $role, int $rounds): void
{
    file_put_contents("$directory/$role.next", (string) $rounds);
    rename("$directory/$role.next", "$directory/$role");
}

$name = static fn (int $which): string => "$prefix/live_$which.txt";
$rounds = 0;
if ($role === 'writer') {
    for ($number = 1; !file_exists("$directory/stop"); $number++) {
        for ($which = 0; $which < NAMES; $which++) {
            (new eZDBFileHandler($name($which)))->storeContents(version($number), 'binaryfile', 'text/plain');
        }
        // One that comes and goes.
        $passing = new eZDBFileHandler("$prefix/passing.txt");
        $passing->storeContents(version($number), 'binaryfile', 'text/plain');
        $passing->move("$prefix/moved.txt");
        (new eZDBFileHandler("$prefix/moved.txt"))->delete();
        note($directory, $role, ++$rounds);
    }
    for ($which = 0; $which < NAMES; $which++) {
        check((new eZDBFileHandler($name($which)))->fetchContents(), $number - 1);
    }
    foreach (['passing', 'moved'] as $gone) {
        if ((new eZDBFileHandler("$prefix/$gone.txt"))->exists()) {
            throw new RuntimeException("$gone is there");
        }
    }
} else {
    $fixed = [];
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("$tree/var", FilesystemIterator::SKIP_DOTS)) as $path => $file) {
        if ($file->isFile() && !$file->isLink() && $file->getSize() < 200000 && str_contains($path, '/storage/')
            && !str_contains($path, '/live_') && !str_contains($path, '/.ezdbfile') && count($fixed) < 2000) {
            $fixed[] = substr($path, strlen($tree) + 1);
        }
    }
    $seen = array_fill(0, NAMES, 1);
    while (!file_exists("$directory/stop")) {
        for ($which = 0; $which < NAMES; $which++) {
            $seen[$which] = check((new eZDBFileHandler($name($which)))->fetchContents(), $seen[$which]);
        }
        $unchanged = $fixed[mt_rand(0, count($fixed) - 1)];
        $content = (new eZDBFileHandler($unchanged))->fetchContents();
        if ($content !== file_get_contents("$tree/$unchanged")) {
            throw new RuntimeException("$unchanged: " . gettype($content));
        }
        note($directory, $role, ++$rounds);
    }
}
