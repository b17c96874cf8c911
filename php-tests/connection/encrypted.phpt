--TEST--
With ssl_ca, ssl_cert or ssl_key every connection is encrypted, to a server that proves its name, or is refused
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster(ownUser: true);
$tls = getenv('EZDB_TEST_TLS');
$user = ini_get('ezdbfile.user');
$socket = ini_get('ezdbfile.socket');
db()->query("CREATE USER '$user'@'127.0.0.1' IDENTIFIED BY '" . getenv('EZDB_TEST_PASSWORD') . "'");
at_end(static fn () => db()->query("DROP USER '$user'@'127.0.0.1'"));
db()->query('GRANT ALL ON `' . ini_get('ezdbfile.database') . "`.* TO '$user'@'127.0.0.1'");
put('var/a', 'abc');
/** What comes of connecting with these settings. */
function attempt(array $settings): array|string
{
    foreach (['host' => '', 'socket' => '', 'port' => '3306', 'ssl_ca' => '', 'ssl_cert' => '', 'ssl_key' => '', 'ssl_verify' => '1'] as $name => $default) {
        ini_set("ezdbfile.$name", $settings[$name] ?? $default);
    }
    try {
        $handler = new eZDBFileHandler('var/a');
        $answer = [$handler->fetchContents(), ezdbfile_status()['cipher'] !== ''];
        $handler->disconnect();
        return $answer;
    } catch (eZDBFileConnectionException $e) {
        return $e->getMessage();
    }
}
/** A refusal, by a word of its reason. */
function reason(array|string $answer, string $pattern): string
{
    return is_string($answer) && preg_match($pattern, $answer) ? 'refused' : dump($answer);
}
$tcp = ['host' => getenv('EZDB_TEST_HOST'), 'port' => getenv('EZDB_TEST_PORT')];
$unix = ['socket' => $socket];
$ca = ['ssl_ca' => "$tls/ca.pem"];
$other = ['ssl_ca' => "$tls/other.pem"];
$client = ['ssl_cert' => "$tls/client.pem", 'ssl_key' => "$tls/client.key"];
$off = ['ssl_verify' => '0'];

show('not asked for', [attempt($tcp), attempt($unix), attempt($tcp + $off)]);
show('asked for', [attempt($tcp + $ca), attempt($unix + $ca)]);
show('used again', [attempt($tcp + $ca), attempt($tcp), attempt($tcp + $ca)]);
attempt($tcp + $ca);
$before = ezdbfile_status()['pool'];
for ($i = 0; $i < 20; $i++) {
    (new eZDBFileHandler('var/a'))->fetchContents();
}
$after = ezdbfile_status()['pool'];
show('one connection', [$after['connects'] - $before['connects'], $after['dead'], $after['reuses'] - $before['reuses'] >= 20]);
foreach (['tcp' => $tcp, 'socket' => $unix] as $way => $place) {
    show("$way, wrong authority", reason(attempt($place + $other), '/TLS|SSL|certificate/i'));
    show("$way, wrong authority, unverified", attempt($place + $other + $off));
}
// 127.1 leads to the same server, and is not in its certificate.
$wrong = ['host' => '127.1'] + $tcp;
show('wrong name', [attempt($wrong)[1] ?? null, reason(attempt($wrong + $ca), '/TLS|SSL|certificate/i')]);
show('wrong name, unverified', attempt($wrong + $ca + $off));
show('authorities of the system', reason(attempt($tcp + $client), '/TLS|SSL|certificate/i'));
show('missing file', reason(attempt($tcp + ['ssl_ca' => "$tls/missing.pem"]), '/ssl_ca.*missing\.pem.*No such file/'));
show('no certificates in the file', reason(attempt($tcp + ['ssl_ca' => __FILE__]), '/TLS|SSL|certificate|ASN|PEM/i'));
foreach (['2', 'yes', 'On', 'nonsense'] as $on) {
    show("ssl_verify $on", reason(attempt($tcp + $other + ['ssl_verify' => $on]), '/TLS|SSL|certificate/i'));
}

db()->query("ALTER USER '$user'@'127.0.0.1' REQUIRE SSL");
db()->query("ALTER USER '$user'@'localhost' REQUIRE SSL");
show('a server that insists', [reason(attempt($tcp), '/denied/i'), reason(attempt($unix), '/denied/i'), attempt($tcp + $ca), attempt($unix + $ca)]);
db()->query("ALTER USER '$user'@'127.0.0.1' REQUIRE X509");
show('a server that wants a certificate', [reason(attempt($tcp + $ca), '/denied/i'), attempt($tcp + $ca + $client)]);

ini_set('ezdbfile.ssl_key', "$tls/client.key");
foreach (['phpinfo' => static function () { phpinfo(INFO_MODULES); }, 'ini_get_all' => static function () { var_dump(ini_get_all('ezdbfile')); }] as $where => $print) {
    ob_start();
    $print();
    $printed = ob_get_clean();
    show("$where", [str_contains($printed, "$tls/client.key"), str_contains($printed, getenv('EZDB_TEST_PASSWORD')), str_contains($printed, 'PRIVATE KEY')]);
}
?>
--EXPECT--
not asked for: [['abc', false], ['abc', false], ['abc', false]]
asked for: [['abc', true], ['abc', true]]
used again: [['abc', true], ['abc', false], ['abc', true]]
one connection: [0, 0, true]
tcp, wrong authority: 'refused'
tcp, wrong authority, unverified: ['abc', true]
socket, wrong authority: 'refused'
socket, wrong authority, unverified: ['abc', true]
wrong name: [false, 'refused']
wrong name, unverified: ['abc', true]
authorities of the system: 'refused'
missing file: 'refused'
no certificates in the file: 'refused'
ssl_verify 2: 'refused'
ssl_verify yes: 'refused'
ssl_verify On: 'refused'
ssl_verify nonsense: 'refused'
a server that insists: ['refused', 'refused', ['abc', true], ['abc', true]]
a server that wants a certificate: ['refused', ['abc', true]]
phpinfo: [true, false, false]
ini_get_all: [true, false, false]
