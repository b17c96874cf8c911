--TEST--
DBChunkSize, DBExecuteRetries and DBConnectRetries count
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
$clustering = static fn (array $variables) => kernel_code(['file.ini' => ['ClusteringSettings' => $variables]]);
child($clustering(['DBChunkSize' => '10']) . '(new eZDBFileHandler("var/a"))->storeContents(str_repeat("x", 25));', ['-d', 'ezdbfile.chunk_size=7']);
show('chunks', chunk_lengths('var/a'));
child($clustering(['DBChunkSize' => '']) . '(new eZDBFileHandler("var/a"))->storeContents(str_repeat("x", 25));', ['-d', 'ezdbfile.chunk_size=12']);
show('of php.ini', chunk_lengths('var/a'));

// Every attempt leaves a row in a table that no rollback reaches, and ends in a deadlock.
db()->query('CREATE TABLE attempts (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=MyISAM');
db()->query("CREATE TRIGGER deadlock BEFORE INSERT ON ezdbfile FOR EACH ROW BEGIN
    INSERT INTO attempts () VALUES ();
    SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'deadlock on purpose';
END");
foreach ([1, 2, 5] as $retries) {
    db()->query('TRUNCATE attempts');
    $said = child($clustering(['DBExecuteRetries' => (string)$retries]) . 'KernelStandIn::$messages = []; echo (new eZDBFileHandler("var/b"))->storeContents("x") ? "stored" : "not stored";');
    $attempts = value('SELECT COUNT(*) FROM attempts');
    show("$retries retries", [$said, $attempts === $retries || $attempts === $retries + 1 ?: $attempts]);
}

// A server that hangs up on everybody.
foreach ([1, 4] as $retries) {
    $server = stream_socket_server('tcp://127.0.0.1:0', $code, $message);
    $address = stream_socket_get_name($server, false);
    $process = Process::start($clustering(['DBHost' => $address, 'DBConnectRetries' => (string)$retries]) . 'try { new eZDBFileHandler("var/b"); } catch (Throwable $e) { tell("refused"); }');
    $calls = hang_up_on_all($server, $process);
    show("$retries retries of a connection", [$process->hear(), $calls === $retries || $calls === $retries + 1 ?: $calls, $process->finish()]);
}

/** Until the process has told something; how many called. */
function hang_up_on_all($server, Process $process): int
{
    for ($calls = 0; $calls < 30; ) {
        $read = [$server, $process->ear()];
        $none = null;
        if (!stream_select($read, $none, $none, 30) || !in_array($server, $read, true)) {
            break;
        }
        fclose(stream_socket_accept($server));
        $calls++;
    }
    return $calls;
}
?>
--EXPECT--
chunks: [10, 10, 5]
of php.ini: [12, 12, 1]
1 retries: ['not stored', true]
2 retries: ['not stored', true]
5 retries: ['not stored', true]
1 retries of a connection: ['refused', true, '']
4 retries of a connection: ['refused', true, '']
