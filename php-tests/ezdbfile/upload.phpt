--TEST--
uploadHTTPFile() stores an uploaded file under its client's base name
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
file_put_contents(scratch('upload.php'), '<?php
    echo json_encode([eZDBFile::uploadHTTPFile("picture"), is_file($_FILES["picture"]["tmp_name"])]);
    // PHP keeps uploads where scripts need not be allowed to go.
    echo " ", ini_set("open_basedir", __DIR__) !== false ? json_encode(eZDBFile::uploadHTTPFile("picture")) : "not limited";
    foreach (["other", "broken"] as $field) {
        try {
            eZDBFile::uploadHTTPFile($field);
            echo " no exception";
        } catch (eZDBFileException $e) {
            echo " ", get_class($e);
        }
    }');
$probe = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($probe, false);
fclose($probe);
$server = proc_open(array_merge([PHP_BINARY], php_options(), ['-S', $address, '-t', dirname(scratch('upload.php'))]), [['file', '/dev/null', 'r'], ['file', scratch('out'), 'w'], ['file', scratch('out'), 'a']], $pipes);
show('listening', eventually(static function () use ($address) {
    $link = @stream_socket_client("tcp://$address");
    return $link && fclose($link);
}));
$bytes = bytes(100000);
$part = static fn ($field, $file, $type, $data) => "--sep\r\nContent-Disposition: form-data; name=\"$field\"; filename=\"$file\"\r\nContent-Type: $type\r\n\r\n$data\r\n";
$answer = file_get_contents("http://$address/upload.php", false, stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: multipart/form-data; boundary=sep',
    'content' => $part('picture', "C:\\photos\\my cat's.png", 'image/png', $bytes) . $part('broken', '', 'image/png', '') . "--sep--\r\n",
]]));
stop_child($server);
show('answer', $answer);
show('row', [live(), entry("my cat's.png")['scope'], entry("my cat's.png")['datatype'], entry("my cat's.png")['size']]);
show('bytes', bytes_of("my cat's.png") === $bytes);
?>
--EXPECT--
listening: true
answer: '["my cat's.png",true] "my cat's.png" eZDBFileException eZDBFileException'
row: [['my cat's.png'], 'binaryfile', 'image/png', 100000]
bytes: true
