<?php
// The directory of copies holds what was used last, and never more than it may.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

[, $front, $directory] = $argv;
$front = fronts()[$front];
const FOLDER = 'var/site/storage/images/bounded';
// What http.sh sets for this pool.
const MAX_BYTES = 3_000_000;

function names(string $directory): array
{
    clearstatcache();
    return array_filter(glob("$directory/*/*"), 'is_file');
}
function used(string $directory): int
{
    return array_sum(array_map('filesize', names($directory)));
}

array_map('unlink', [...names($directory), ...glob("$directory/usage")]);
$files = [];
for ($i = 0; $i < 10; $i++) {
    $files[$i] = store_as(FOLDER . "/$i.png", noise(400_000, $i + 1), 'image/png', 1700000000 + $i);
}
// Whose copies are there? By their bytes.
$held = function () use (&$files, $directory): array {
    $copies = array_map('file_get_contents', names($directory));
    return array_keys(array_filter($files, fn (string $bytes): bool => in_array($bytes, $copies, true)));
};
$ask = function (int $i) use ($front, &$files): void {
    expect("file $i", $files[$i], get($front, '/' . FOLDER . "/$i.png")->body);
};

for ($i = 0; $i < 7; $i++) {
    $ask($i);
}
expect('copies while there is room', range(0, 6), $held());

// Full, and all in use: the next files are streamed.
$ask(7);
$ask(8);
expect('copies when all are in use', range(0, 6), $held());
expect('bytes', true, used($directory) <= MAX_BYTES);

// An hour later, but for the two that were used meanwhile.
foreach (names($directory) as $name) {
    touch($name, filemtime($name), time() - 3600);
}
$ask(1);
$ask(4);
expect('the time of the last use', 2, count(array_filter(names($directory), fn (string $name): bool => fileatime($name) > time() - 60)));
// The pause after a look that found nothing is over, too.
file_put_contents("$directory/usage", (string) used($directory) . ' 0');
$ask(9);
$held_now = $held();
expect('what was used last stays', [1, 4, 9], array_values(array_intersect([1, 4, 9], $held_now)));
expect('what was used longest ago goes', true, count($held_now) < 7);
expect('bytes after making room', true, used($directory) <= MAX_BYTES);
expect('the number that is kept', used($directory), (int) explode(' ', file_get_contents("$directory/usage"))[0]);

// Damaged and missing bookkeeping is counted anew.
foreach (["\xff\xfe not a number", '', null] as $damage) {
    array_map('unlink', array_slice(names($directory), 2));
    $damage === null ? unlink("$directory/usage") : file_put_contents("$directory/usage", $damage);
    array_map($ask, array_values(array_diff([2, 3, 5], $held())));
    expect('the number after damage', used($directory), (int) explode(' ', file_get_contents("$directory/usage"))[0]);
}

// A file larger than everything is streamed.
$files[10] = store_as(FOLDER . '/10.png', noise(MAX_BYTES + 1, 99), 'image/png', 1700000010);
$ask(10);
expect('a copy of a file that is too large', false, in_array(10, $held(), true));

// What a killed process left is used again; another one's work is waited for by nobody.
$ask(5);
$copy = array_values(array_filter(names($directory), fn (string $name): bool => file_get_contents($name) === $files[5]))[0];
unlink($copy);
file_put_contents("$copy.tmp", 'half');
chmod("$copy.tmp", 0666);
chown("$copy.tmp", fileowner(dirname($copy)));
$lock = fopen("$copy.tmp", 'r+');
flock($lock, LOCK_EX);
$ask(5);
expect('while another process makes the copy', false, file_exists($copy));
fclose($lock);
$ask(5);
clearstatcache();
expect('after the other process was killed', true, file_exists($copy));
expect('its bytes', $files[5], file_get_contents($copy));
expect('what is left of it', false, file_exists("$copy.tmp"));
