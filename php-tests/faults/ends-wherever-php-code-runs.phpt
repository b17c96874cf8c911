--TEST--
Wherever PHP code runs for the extension, it may end the script: tables, local files and connections are as they were
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster(['chunk_size' => 1000], ownUser: true);
$user = ini_get('ezdbfile.user');
$connections = static fn () => (int)value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '$user'");
put('var/a', str_split(bytes(100000), 1000));
put('var/stale', 'stale', mtime: -1000);
foreach (range(1, 6) as $i) {
    put("var/dead/$i", 'x', mtime: -1000);
}
$ends = [
    'exit' => 'exit;',
    'throw' => 'throw new LogicException("thrown");',
    'error' => 'no_such_function();',
    'fatal' => 'eval("class X { abstract function f(); }");',
    'memory' => 'str_repeat("x", 1 << 30);',
    'time' => 'set_time_limit(1); while (true) { }',
    'signal' => 'posix_kill(posix_getpid(), SIGKILL);',
];
if (!memory_is_limited()) {
    unset($ends['memory']);
}
$places = [
    'output' => 'ob_start(function ($piece) { static $n = 0; if (++$n === 3) { end_it(); } return ""; }, 5000); (new eZDBFileHandler("var/a"))->passthrough();',
    'purge' => '(new eZDBFileHandler("var/dead"))->purge(function () { end_it(); }, false, 2);',
    'warning' => 'set_error_handler(function () { end_it(); }); (new eZDBFileHandler("var/missing"))->fetch();',
    'content' => '(new eZDBFileHandler("var/new"))->storeContents(new class { function __toString() { end_it(); } });',
    'name' => '(new eZDBFileHandler())->fileExists(new class { function __toString() { end_it(); } });',
    'autoloader' => 'spl_autoload_register(function ($class) { if (!str_starts_with($class, "eZC")) { end_it(); } }); (new eZDBFileHandler("var/stale"))->processCache("NoSuchClass::f", "NoSuchClass::g");',
    'generate' => '(new eZDBFileHandler("var/stale"))->processCache(null, function () { end_it(); });',
    'retrieve' => '(new eZDBFileHandler("var/a"))->processCache(function () { end_it(); }, function () { return "x"; });',
    'destructor' => 'class Fails extends eZDBFileFailure { function __destruct() { end_it(); } } (new eZDBFileHandler("var/a"))->processCache(function () { return new Fails(eZDBFileFailure::FILE_EXPIRED); }, function () { return "x"; });',
    'later autoloader' => 'spl_autoload_register(function ($class) { if ($class === "eZClusterFileFailure") { end_it(); } }); (new eZDBFileHandler("var/stale"))->processCache(null, function () { return "x"; });',
    'property' => 'class Mine extends eZDBFileHandler { function __construct() { parent::__construct("var/stale"); unset($this->filePath); } function __isset($name) { end_it(); } } (new Mine())->processCache(null, function () { return "x"; });',
    'kernel\'s clock' => 'class eZDebug { static function isDebugEnabled() { return true; } static function accumulatorStart() { end_it(); } static function accumulatorStop() { } static function writeError() { } } (new eZDBFileHandler("var/a"))->delete();',
    'fiber' => '$fiber = new Fiber(function () { (new eZDBFileHandler("var/stale"))->processCache(null, function () { Fiber::suspend(); end_it(); }); }); $fiber->start(); (new eZDBFileHandler("var/a"))->exists(); $fiber->resume();',
    'outside of a fiber' => '$fiber = new Fiber(function () { (new eZDBFileHandler("var/stale"))->processCache(null, function () { Fiber::suspend(); return "x"; }); }); $fiber->start(); (new eZDBFileHandler("var/a"))->exists(); end_it();',
    'subclass' => 'class Mine extends eZDBFileHandler { function storeCache($data) { end_it(); } } (new Mine("var/stale"))->processCache(null, function () { return "x"; });',
    'debug output' => 'class eZDebug { static function writeError() { end_it(); } static function isDebugEnabled() { return false; } } (new eZDBFileHandler("var/missing"))->fetch();',
    'settings' => 'class eZINI { static function instance() { return new self; } function hasVariable() { end_it(); } } (new eZDBFileHandler("var/a"))->fetchContents();',
];
$prepared = 'register_shutdown_function(function () { while (ob_get_level()) { ob_end_clean(); } $GLOBALS["over"] = true; tell("shut down"); });';
$before = [live(), expired(), array_map(bytes_of(...), live())];
foreach ($places as $place => $code) {
    foreach ($ends as $end => $how) {
        $process = Process::start("function end_it() { if (isset(\$GLOBALS['over'])) { return ''; } tell('ends'); $how }\n$prepared\n$code", ['-d', 'memory_limit=64M', '-d', 'display_errors=0']);
        $reached = $process->hear();
        $said = $process->finish();
        $gone = eventually(static fn () => $connections() === 0);
        if ($end === 'signal' && claims() !== []) {
            // Nobody was left to remove the entry; without its lock it is free.
            $gone = $gone && can_be_claimed('var/stale');
            (new eZDBFileHandler())->disconnect();
        }
        // A purge has removed what it told its callback of, and no more.
        $rows = $place === 'purge' ? null : [live(), expired(), array_map(bytes_of(...), live())] === $before;
        $state = [$reached, $gone, $rows ?? true, claims(), faults(), unlocked(), array_values(array_filter(tree(), fn ($path) => str_contains($path, '.tmp')))];
        if ($state !== ['ends', true, true, [], [], true, []]) {
            show("$place, $end", [$state, $said]);
        }
        if ($place === 'purge') {
            foreach (range(1, 6) as $i) {
                id_of("var/dead/$i") ?? put("var/dead/$i", 'x', mtime: -1000);
            }
            $before[1] = expired();
        }
    }
}
show('afterwards', [(new eZDBFileHandler('var/a'))->fetchContents() === bytes(100000), can_be_claimed('var/stale')]);
?>
--EXPECT--
afterwards: [true, true]
