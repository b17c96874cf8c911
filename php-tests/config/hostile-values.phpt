--TEST--
Any value of any directive, and of file.ini, gives a defined result or a refusal, never a crash
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put('var/a', ['abc']);
$values = ['', '0', '-1', '1', ' 7 ', '1e3', '0x10', '4294967296', '9223372036854775808', '-9223372036854775809', str_repeat('9', 400), "a\0b", "\xff\xfe", "line\nline", "'; DROP TABLE ezdbfile; --", str_repeat('x', 100000), '%s%n', ',,,', ':::', '[::1', '../../etc/passwd', '{a,b', '*/**/*'];
// A host that is none must not be looked for.
$directives = array_diff(array_keys(ini_get_all('ezdbfile')), ['ezdbfile.password', 'ezdbfile.host']);
$ask = <<<'PHP'
$said = [];
set_error_handler( static function () { return true; } );
foreach ( $values as $value )
{
    foreach ( $names as $name )
    {
        $before = ini_get( $name );
        ini_set( $name, $value );
        try { $got = ( new eZDBFileHandler( 'var/a' ) )->fetchContents(); }
        catch ( Throwable $e ) { $got = $e->getMessage() === '' ? 'nothing said' : false; }
        if ( $got !== 'abc' && $got !== false )
            $said[] = "$name: " . var_export( $got, true );
        ini_set( $name, $before );
    }
}
echo implode( "\n", $said ), ( new eZDBFileHandler( 'var/a' ) )->fetchContents();
PHP;
$quick = ['-d', 'ezdbfile.connect_retries=0', '-d', 'ezdbfile.retry_timeout=0', '-d', 'ezdbfile.connect_timeout=1'];
show('directives', child('$values = ' . var_export($values, true) . '; $names = ' . var_export($directives, true) . ';' . $ask, $quick));
$random = static fn () => $values[mt_rand(0, count($values) - 1)];
mt_srand(5);
$names = ['DBPort', 'DBSocket', 'DBName', 'DBUser', 'DBPassword', 'DBChunkSize', 'DBConnectRetries', 'DBExecuteRetries'];
$strange = [];
for ($round = 0; $round < 40; ++$round) {
    $variables = [];
    foreach ((array)array_rand(array_flip($names), mt_rand(1, 3)) as $name) {
        $variables[$name] = mt_rand(0, 4) ? $random() : [$random(), [$random()]];
    }
    $said = child(kernel_code(['file.ini' => ['ClusteringSettings' => $variables]]) . 'set_error_handler(static fn () => true); try { $got = (new eZDBFileHandler("var/a"))->fetchContents(); echo $got === "abc" || $got === false ? "defined" : "?"; } catch (Throwable $e) { echo $e->getMessage() === "" ? "nothing said" : "defined"; }', $quick);
    if ($said !== 'defined') {
        $strange[] = [$variables, $said];
    }
}
show('file.ini', $strange);
show('the table is there', value('SELECT COUNT(*) FROM ezdbfile'));
?>
--EXPECT--
directives: 'abc'
file.ini: []
the table is there: 1
