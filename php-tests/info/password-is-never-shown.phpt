--TEST--
phpinfo(), php --ri, ini functions, the status, objects, messages and stack traces never show the password
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/child.inc';
cluster();
$handler = new eZDBFileHandler('var/a.txt');
$handler->storeContents('x');

$shown = [];
ob_start();
phpinfo(INFO_MODULES | INFO_CONFIGURATION);
$shown['phpinfo'] = ob_get_clean();
$ri = proc_open(array_merge([PHP_BINARY], php_options(), ['--ri', 'ezdbfile']), [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
$shown['--ri'] = stream_get_contents($pipes[1]) . stream_get_contents($pipes[2]);
show('exit status of --ri', proc_close($ri));
$shown['ini_get_all'] = var_export(ini_get_all(), true) . var_export(ini_get_all('ezdbfile'), true) . var_export(ini_get_all('ezdbfile', false), true);
$shown['ini_get'] = ini_get('ezdbfile.password');
$shown['get_cfg_var'] = get_cfg_var('ezdbfile.password');
$shown['ini_restore'] = [ini_restore('ezdbfile.password'), ini_get('ezdbfile.password')][1];
$shown['status'] = var_export(ezdbfile_status(), true);
ob_start();
var_dump($handler);
$shown['object'] = ob_get_clean() . print_r($handler, true) . var_export((array)$handler, true) . json_encode($handler);

// Stack traces with all arguments: where a callback throws, where the server cannot be reached, where it refuses.
ini_set('zend.exception_ignore_args', '0');
ini_set('zend.exception_string_param_max_len', '1000');
$traces = '';
$trace = static function (callable $call) use (&$traces): void {
    try {
        $call();
        $traces .= 'nothing thrown';
    } catch (Throwable $e) {
        $traces .= $e . print_r($e->getTrace(), true) . print_r($e, true) . json_encode((array)$e, JSON_PARTIAL_OUTPUT_ON_ERROR);
    }
};
$trace(static fn () => $handler->processCache(static function () use (&$traces) {
    $traces .= print_r(debug_backtrace(), true);
    throw new LogicException('thrown in a callback');
}, static fn () => 'x'));
foreach (['socket' => scratch('none'), 'user' => 'nobody', 'database' => 'none', 'charset' => 'no_charset'] as $name => $wrong) {
    $right = ini_set("ezdbfile.$name", $wrong);
    $trace(static fn () => new eZDBFileHandler('var/a.txt'));
    $trace(static fn () => eZDBFile::fetchFile('var/a.txt'));
    $handler->fetchContents();
    ini_set("ezdbfile.$name", $right);
}
$shown['stack traces'] = $traces;
$shown['warnings'] = implode("\n", warnings());
show('traces', [substr_count($traces, '#0 ') > 5, str_contains($traces, 'nothing thrown'), str_contains($traces, 'thrown in a callback'), $shown['warnings'] !== '']);
// Nothing takes a password; what ever does has to be marked.
$extension = new ReflectionExtension('ezdbfile');
$functions = $extension->getFunctions();
foreach ($extension->getClasses() as $class) {
    array_push($functions, ...$class->getMethods());
}
$secret = array_filter(array_merge(...array_map(static fn ($function) => $function->getParameters(), array_values($functions))),
    static fn ($parameter) => preg_match('/pass(?!thr)|secret|credential/i', $parameter->name) && $parameter->getAttributes('SensitiveParameter') === []);
show('unmarked', array_values($secret));

show('there is a password', getenv('EZDB_TEST_PASSWORD') !== '');
foreach ($shown as $where => $text) {
    show("password in $where", str_contains((string)$text, getenv('EZDB_TEST_PASSWORD')));
}
?>
--EXPECT--
exit status of --ri: 0
traces: [true, false, true, true]
unmarked: []
there is a password: true
password in phpinfo: false
password in --ri: false
password in ini_get_all: false
password in ini_get: false
password in get_cfg_var: false
password in ini_restore: false
password in status: false
password in object: false
password in stack traces: false
password in warnings: false
