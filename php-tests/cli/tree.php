<?php
// A var directory of a site: php tree.php DIRECTORY FILES BYTES
//
// Many small files and some large ones, the same ones every time; whole seconds as times.

[, $directory, $files, $bytes] = $argv;
$large = max(2, intdiv((int) $files, 500));
$small = $files - $large;
mt_srand(42);
$block = '';
while (strlen($block) < 1 << 20) {
    $block .= pack('N', mt_rand());
}
$write = static function (string $name, int $size, int $number) use ($directory, $block): int {
    $path = "$directory/$name";
    is_dir(dirname($path)) || mkdir(dirname($path), 0777, true);
    $file = fopen($path, 'w');
    for ($left = $size; $left > 0; $left -= strlen($part)) {
        // No two files have the same bytes, nor two blocks of one file.
        $part = substr(pack('N2', $number, $left) . $block, 0, $left);
        fwrite($file, $part);
    }
    fclose($file);
    touch($path, 1500000000 + $number);
    return $size;
};
$written = 0;
for ($number = 0; $number < $small; $number++) {
    // Most below 20 KB; some that just fill rows of the database.
    $size = $number % 50 === 0 ? [0, 1, 65534, 65535, 65536, 131070][intdiv($number, 50) % 6] : mt_rand(1, 20000);
    $kind = [
        'storage/images/%d/%d-1-eng-GB/picture_%d.jpg',
        'storage/images-versioned/%d/%d/na me_%d.png',
        'storage/original/application/%d/%d/report%%%d.pdf',
        'storage/packages/%d/%d/p_%d',
    ][$number % 4];
    $written += $write(sprintf($kind, $number % 97, $number % 31, $number), $size, $number);
}
for ($number = $small; $number < $files; $number++) {
    $size = max(100000, intdiv($bytes - $written, $files - $number));
    $written += $write("storage/original/video/film_$number.mp4", $size, $number);
}
