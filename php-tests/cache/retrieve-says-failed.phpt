--TEST--
After FILE_RETRIEVAL_FAILED the content is generated with noCache in the extra data, and not stored
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
put_fresh('var/a', 'old');
$handler = new eZDBFileHandler('var/a');
foreach ([null, [], ['k' => 'v'], ['noCache' => false, 'k' => 'v']] as $extra) {
    $result = $handler->processCache(failing(3), static function ($path, $extra) use ($handler) {
        show('generate', [$path, $extra, state($handler), claims()]);
        return ['content' => 'made', 'binarydata' => 'not stored', 'scope' => 'x'];
    }, null, null, $extra);
    show('result', [$result, bytes_of('var/a'), entry('var/a')['scope'], claims(), live()]);
}
show('local', [local_bytes('var/a'), state($handler), can_be_claimed('var/a')]);
?>
--EXPECT--
generate: ['var/a', ['noCache' => true], ['var/a', null], []]
result: ['made', 'old', 'test', [], ['var/a']]
generate: ['var/a', ['noCache' => true], ['var/a', null], []]
result: ['made', 'old', 'test', [], ['var/a']]
generate: ['var/a', ['k' => 'v', 'noCache' => true], ['var/a', null], []]
result: ['made', 'old', 'test', [], ['var/a']]
generate: ['var/a', ['noCache' => true, 'k' => 'v'], ['var/a', null], []]
result: ['made', 'old', 'test', [], ['var/a']]
local: ['old', ['var/a', null], true]
