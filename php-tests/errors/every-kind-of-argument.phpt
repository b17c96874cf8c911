--TEST--
Every method and function with every kind of argument: a result, or a TypeError, ValueError, ArgumentCountError or exception of the cluster, never a crash
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/processes.inc';
cluster(['chunk_size' => 1000]);
$code = <<<'CODE'
    enum Suit: string { case Hearts = 'h'; }
    /** Each kind anew: some are used up, some are changed by what they are passed to. */
    function kinds(): array
    {
        $closed = fopen('php://memory', 'r');
        fclose($closed);
        $list = ['var/a'];
        $list[] = &$list;
        return [
            'null' => null, 'true' => true, 'false' => false, '0' => 0, '-1' => -1, '7' => 7, 'max' => PHP_INT_MAX, 'min' => PHP_INT_MIN,
            '1.5' => 1.5, 'NAN' => NAN, 'INF' => INF, '1e300' => 1e300, 'empty' => '', 'path' => 'var/a', 'missing' => 'var/missing', 'slash' => '/', 'dots' => '../../x',
            'NUL' => "var/a\0b", 'not UTF-8' => "var/\xff\xfe", 'long' => str_repeat('x/', 50000), 'number' => '12', 'not quite a number' => '12abc', 'wildcard' => 'var/*{a,b}', 'open brace' => 'var/{a,', 'regex' => '(', 'class' => 'eZDBFileHandler', 'callable' => 'strlen',
            'empty list' => [], 'list' => ['var/a', 'b'], 'map' => ['a' => 'b', 7 => null], 'deep' => [[['x']]], 'of kinds' => [null, 1.5, new stdClass, true], 'recursive' => $list, 'pair' => [new ArrayObject, 'count'],
            'object' => new stdClass, 'text object' => new class { function __toString() { return 'var/a'; } }, 'throws' => new class { function __toString() { throw new DomainException('of the test'); } },
            'closure' => fn () => 'made', 'generator' => (function () { yield 'x'; })(), 'enum' => Suit::Hearts, 'handler' => new eZDBFileHandler('var/a'), 'iterator' => new ArrayIterator(['a']), 'exception' => new Exception('x'),
            'resource' => fopen('php://memory', 'r+'), 'closed resource' => $closed,
        ];
    }
    function attempt(string $what, callable $call): void
    {
        static $fine = ['TypeError', 'ValueError', 'ArgumentCountError', 'DomainException', 'eZDBFileException', 'eZDBFileConnectionException', 'eZClusterHandlerDBNoConnectionException'];
        // For the case that it is the last one.
        file_put_contents(getenv('EZDB_TEST_SCRATCH') . 'attempt', $what);
        ob_start();
        $end = null;
        try {
            $call();
        } catch (Throwable $e) {
            $end = $e->getMessage();
            if (!in_array(get_class($e), $fine, true) && !str_contains($end, '$metaData is what the database says')) {
                tell("$what: " . get_class($e) . ": $end");
            }
        }
        while (ob_get_level()) {
            ob_end_clean();
        }
        foreach ([$end, ...warnings()] as $message) {
            if ($message !== null && preg_match('/panick|unwrap|\.rs:\d|RefCell|borrow|overflow|index out of|Option::|Result::/i', $message)) {
                tell("$what says: $message");
            }
        }
        $GLOBALS['calls'] = ($GLOBALS['calls'] ?? 0) + 1;
    }
    /** Calls it with every kind in every place, in all places, with too few and with too many. */
    function with_all(string $label, ReflectionFunctionAbstract $function, callable $caller): void
    {
        $count = $function->getNumberOfParameters();
        $names = array_map(fn ($parameter) => $parameter->name, $function->getParameters());
        foreach (array_keys(kinds()) as $kind) {
            foreach ([...array_keys($names), 'all', 'too many'] as $place) {
                if ($count === 0 && is_int($place)) {
                    continue;
                }
                $value = kinds()[$kind];
                $arguments = array_fill(0, $count + ($place === 'too many' ? 3 : 0), 'var/a');
                foreach (array_keys($arguments) as $index) {
                    if ($index === $place || is_string($place)) {
                        $arguments[$index] = &$value;
                    }
                }
                attempt("$label, $kind, $place", fn () => $caller($arguments));
                unset($arguments, $value);
            }
        }
        for ($few = 0; $few < $function->getNumberOfRequiredParameters(); $few++) {
            attempt("$label, $few arguments", fn () => $caller(array_fill(0, $few, 'var/a')));
        }
        if ($count) {
            attempt("$label, by name", fn () => $caller([$names[$count - 1] => 'x']));
            attempt("$label, by a wrong name", function () use ($caller) {
                try {
                    $caller(['nobody' => 'x']);
                } catch (Error $e) {
                    // PHP's own words.
                }
            });
        }
    }
    (new eZDBFileHandler('var/a'))->storeContents('abc');
    ini_set('ezdbfile.read_timeout', '5');
    $extension = new ReflectionExtension('ezdbfile');
    $what = WHAT;
    if ($what === 'functions') {
        foreach ($extension->getFunctions() as $function) {
            with_all($function->name, $function, fn ($arguments) => $function->invokeArgs($arguments));
        }
    } elseif ($what === 'properties') {
        foreach (['filePath', 'metaData', 'realFilePath', 'nobody', 'generationStartTimestamp'] as $property) {
            foreach (array_keys(kinds()) as $kind) {
                $value = kinds()[$kind];
                $handler = new eZDBFileHandler('var/a');
                attempt("write $property, $kind", function () use ($handler, $property, $value) { @$handler->$property = $value; });
                attempt("then read", fn () => @$handler->$property);
                attempt("then use, $property, $kind", fn () => [$handler->exists(), $handler->size(), $handler->fetchContents(), $handler->isLocalFileExpired(1, 2, 3)]);
                attempt("then unset", function () use ($handler, $property) { unset($handler->$property); });
                attempt("then use", fn () => [$handler->exists(), $handler->mtime(), clone $handler]);
            }
        }
    } else {
        $class = new ReflectionClass($what);
        foreach ($class->getMethods() as $method) {
            if ($method->getDeclaringClass()->getExtension()?->name !== 'ezdbfile') {
                continue;
            }
            tell('at it'); // all of them take longer than a test waits for one word
            with_all("$what::$method->name", $method, function (array $arguments) use ($class, $method) {
                if ($method->isAbstract()) {
                    return null;
                }
                if ($method->isConstructor()) {
                    return $class->newInstanceArgs($arguments);
                }
                $object = $method->isStatic() ? null : ($class->name === 'eZDBFileHandler' ? new eZDBFileHandler('var/a') : $class->newInstanceWithoutConstructor());
                return $method->invokeArgs($object, $arguments);
            });
        }
    }
    gc_collect_cycles(); // PHP does not do it at the end of a request, and valgrind would find them
    tell('calls: ' . $calls);
CODE;
$classes = array_filter((new ReflectionExtension('ezdbfile'))->getClasses(), fn (ReflectionClass $class) => !$class->isInterface() && !$class->isSubclassOf(Exception::class));
$parts = ['functions', 'properties', ...array_values(array_map(fn (ReflectionClass $class) => $class->name, $classes))];
foreach ($parts as $part) {
    // What crashes shows in the status of the process.
    $process = Process::start(str_replace('WHAT', var_export($part, true), $code), ['-d', 'memory_limit=256M']);
    for ($lines = 0; $lines < 20; $lines++) {
        do {
            $said = $process->hear();
        } while ($said === 'at it');
        if (is_string($said) && str_starts_with($said, 'calls: ')) {
            break;
        }
        echo "$part: ", is_string($said) ? substr($said, 0, 500) : dump($said), "\n";
        if (preg_match('/^(ENDED|HANGS)/', (string)$said)) {
            echo '    in ', file_get_contents(scratch('attempt')), "\n";
            break;
        }
    }
    // ezdbfile_serve() sends a page past the output buffers.
    $rest = preg_replace('~^<!DOCTYPE html>.*?</html>\n?~s', '', $process->finish());
    show($part, [(int)substr((string)$said, 7) > 30, $rest]);
}
show('tables', [faults(), unlocked(), ezdbfile_status()['layout'] !== '']);
?>
--EXPECT--
functions: [true, '']
properties: [true, '']
eZDBFileFailure: [true, '']
eZDBFileHandler: [true, '']
eZDBFile: [true, '']
tables: [[], true, true]
