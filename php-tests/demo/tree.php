<?php
// Makes a small site: pictures drawn here, a PDF, text, and a large video.
//   php tree.php DIRECTORY VIDEO_MEGABYTES

declare(strict_types=1);

/** A landscape that looks different for every $seed, and does not compress to nothing. */
function drawing(int $width, int $height, int $seed): GdImage
{
    mt_srand($seed);
    $image = imagecreatetruecolor($width, $height);
    $horizon = intdiv($height * 2, 3);
    for ($y = 0; $y < $height; $y++) {
        $light = intdiv(255 * $y, $height);
        $sky = imagecolorallocate($image, 40 + intdiv($light, 2), 90 + intdiv($light, 3), 200);
        imageline($image, 0, $y, $width - 1, $y, $sky);
    }
    $sun = imagecolorallocate($image, 255, 220, 90);
    imagefilledellipse($image, mt_rand(0, $width), intdiv($horizon, 2), intdiv($height, 5), intdiv($height, 5), $sun);
    for ($hill = 0; $hill < 12; $hill++) {
        $green = imagecolorallocate($image, mt_rand(20, 60), mt_rand(90, 160), mt_rand(20, 60));
        $top = $horizon + intdiv($hill * $height, 40);
        imagefilledellipse($image, mt_rand(0, $width), $top + intdiv($height, 2), $width, $height, $green);
    }
    for ($flower = intdiv($width * $height, 400); $flower > 0; $flower--) {
        $colour = imagecolorallocate($image, mt_rand(0, 255), mt_rand(0, 255), mt_rand(0, 255));
        $x = mt_rand(0, $width - 1);
        $y = mt_rand($horizon, $height - 1);
        imageline($image, $x, $y, $x + 2, $y + 2, $colour);
    }
    imagestring($image, 5, 8, 8, "picture $seed, $width x $height", imagecolorallocate($image, 255, 255, 255));
    return $image;
}

/** One page with one line of text, the table of offsets as readers of PDF want it. */
function pdf(string $line): string
{
    $content = "BT /F1 24 Tf 72 760 Td ($line) Tj ET";
    $objects = [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
        '<< /Length ' . strlen($content) . " >>\nstream\n$content\nendstream",
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ];
    $pdf = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
    $table = "xref\n0 6\n0000000000 65535 f \n";
    foreach ($objects as $index => $object) {
        $table .= sprintf("%010d 00000 n \n", strlen($pdf));
        $pdf .= ($index + 1) . " 0 obj\n$object\nendobj\n";
    }
    return $pdf . $table . "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" . strlen($pdf) . "\n%%EOF\n";
}

/** An MP4 container around pseudo-random bytes; no two megabytes are alike, so no two chunks are. */
function video(string $path, int $megabytes): void
{
    mt_srand(2006);
    $block = '';
    while (strlen($block) < 1 << 20) {
        $block .= pack('V', mt_rand());
    }
    $file = fopen($path, 'wb');
    fwrite($file, pack('N', 24) . 'ftypmp42' . pack('N', 0) . 'mp42isom');
    fwrite($file, pack('N', 8 + $megabytes * strlen($block)) . 'mdat');
    for ($number = 0; $number < $megabytes; $number++) {
        $cut = ($number * 7919) % strlen($block);
        fwrite($file, substr($block, $cut) . substr($block, 0, $cut));
    }
    fclose($file) || throw new RuntimeException("cannot write $path");
}

function save(string $path, string $bytes): void
{
    file_put_contents($path, $bytes) === strlen($bytes) || throw new RuntimeException("cannot write $path");
}

[, $directory, $megabytes] = $argv;
$storage = "$directory/var/demo_site/storage";
$images = "$storage/images/media";
foreach (["$images/sunrise/172-1-eng-GB", "$images/überblick/173-1-ger-DE", "$storage/original/application",
          "$storage/original/text", "$storage/original/video"] as $made) {
    mkdir($made, 0777, true);
}

// An original and its aliases, as the kernel makes them.
$sizes = ['' => [2400, 1600], '_large' => [800, 533], '_medium' => [200, 133], '_small' => [100, 67]];
foreach ($sizes as $alias => [$width, $height]) {
    imagejpeg(drawing($width, $height, 172), "$images/sunrise/172-1-eng-GB/sunrise$alias.jpg", 88);
    imagepng(drawing($width, $height, 173), "$images/überblick/173-1-ger-DE/überblick$alias.png");
}
save("$storage/original/application/5a1c0e.pdf", pdf('A small document'));
save("$storage/original/text/readme.txt", str_repeat("Grüße aus dem Dateispeicher.\n", 2000));
save("$storage/original/text/empty.txt", '');
video("$storage/original/video/holiday.mp4", (int) $megabytes);
