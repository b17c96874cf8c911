--TEST--
What cannot be called is a TypeError, and no claim stays
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/there', 'x');
foreach (['no_such_function', ['eZDBFileHandler', 'noSuchMethod'], [1, 2, 3], 17, new stdClass()] as $callback) {
    $label = dump($callback);
    thrown("retrieve $label", static fn () => (new eZDBFileHandler('var/there'))->processCache($callback, never()), TypeError::class);
    thrown("generate $label", static fn () => (new eZDBFileHandler('var/missing'))->processCache(null, $callback), TypeError::class);
    thrown("processFile $label", static fn () => (new eZDBFileHandler('var/there'))->processFile($callback), TypeError::class);
}
show('left', [claims(), live(), can_be_claimed('var/missing'), Calls::taken()]);
thrown('no arguments', static fn () => (new eZDBFileHandler('var/there'))->processCache(), ArgumentCountError::class);
thrown('no arguments', static fn () => (new eZDBFileHandler('var/there'))->processFile(), ArgumentCountError::class);
thrown('no arguments', static fn () => (new eZDBFileHandler('var/there'))->storeCache(), ArgumentCountError::class);
?>
--EXPECT--
retrieve 'no_such_function': TypeError
generate 'no_such_function': TypeError
processFile 'no_such_function': TypeError
retrieve ['eZDBFileHandler', 'noSuchMethod']: TypeError
generate ['eZDBFileHandler', 'noSuchMethod']: TypeError
processFile ['eZDBFileHandler', 'noSuchMethod']: TypeError
retrieve [1, 2, 3]: TypeError
generate [1, 2, 3]: TypeError
processFile [1, 2, 3]: TypeError
retrieve 17: TypeError
generate 17: TypeError
processFile 17: TypeError
retrieve stdClass: TypeError
generate stdClass: TypeError
processFile stdClass: TypeError
left: [[], ['var/there'], true, []]
no arguments: ArgumentCountError
no arguments: ArgumentCountError
no arguments: ArgumentCountError
