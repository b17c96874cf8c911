<?php
// A range at the end of a very large file reads only the rows that it touches.

declare(strict_types=1);

require __DIR__ . '/../client.inc';

$front = fronts()[$argv[1]];
const NAME = 'var/site/storage/images/large/film.mp4';
const CHUNK = 65535;
$size = (int) (getenv('EZDB_TEST_LARGE_MB') ?: 1024) << 20;

// The server makes all chunks but the last itself.
store_as(NAME, 'replaced below', 'video/mp4', 1700000000);
$key = by_layout('id', 'name_hash');
$id = database()->query("SELECT MAX($key) FROM ezdbfile WHERE name = '" . NAME . "'")->fetch_row()[0];
$rows = intdiv($size, CHUNK);
$of_file = by_layout('masterid', 'name_hash') . " = '$id'";
database()->query("DELETE FROM ezdbfile_data WHERE $of_file");
database()->query(by_layout(
    "INSERT INTO ezdbfile_data (masterid, filedata) SELECT $id",
    "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) SELECT '$id', (seq - 1) * " . CHUNK
) . ', REPEAT(CHAR(seq % 256), ' . CHUNK . ") FROM seq_1_to_$rows");
$end = noise($size - $rows * CHUNK, 7);
$columns = by_layout('masterid, filedata', '`offset`, name_hash, filedata');
$values = by_layout('?', $rows * CHUNK . ', ?');
database()->prepare("INSERT INTO ezdbfile_data ($columns) VALUES ($values, ?)")->execute([$id, $end]);
database()->query("UPDATE ezdbfile SET size = $size WHERE $key = '$id'");

get($front, '/' . NAME, ['Range' => 'bytes=0-0']);
$sent = server_counter('Bytes_sent');
$read = server_counter('Innodb_data_read');
$response = get($front, '/' . NAME, ['Range' => 'bytes=-10']);
$sent = server_counter('Bytes_sent') - $sent;
$read = server_counter('Innodb_data_read') - $read;
expect('the last bytes', [206, substr($end, -10)], [$response->status, $response->body]);
expect('Content-Range', sprintf('bytes %d-%d/%d', $size - 10, $size - 1, $size), $response->field('Content-Range'));
expect("$sent bytes sent for the last row of " . strlen($end), true, $sent < strlen($end) + 20_000);
// Rows that are left out are counted in the index, not read: pages of 16 KiB with some 700 entries each.
expect("$read bytes read from the disk", true, $read < 4_000_000);

// Across a border of rows in the middle.
$middle = intdiv($rows, 2) * CHUNK;
$sent = server_counter('Bytes_sent');
$response = get($front, '/' . NAME, ['Range' => 'bytes=' . ($middle - 5) . '-' . ($middle + 4)]);
$row = intdiv($rows, 2);
expect('bytes in the middle', [206, str_repeat(chr($row % 256), 5) . str_repeat(chr(($row + 1) % 256), 5)], [$response->status, $response->body]);
$sent = server_counter('Bytes_sent') - $sent;
expect("$sent bytes sent for two rows", true, $sent < 2 * CHUNK + 20_000);
database()->query("DELETE FROM ezdbfile_data WHERE $of_file");
database()->query("DELETE FROM ezdbfile WHERE $key = '$id'");
