--TEST--
A subclass that overrides methods of the cache protocol is asked
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
require __DIR__ . '/../inc/cache.inc';
cluster();
class Loud extends eZDBFileHandler
{
    public array $heard = [];

    public function storeCache($fileData)
    {
        $this->heard[] = 'storeCache';
        return 'loudly ' . parent::storeCache($fileData);
    }

    public function startCacheGeneration()
    {
        $this->heard[] = 'startCacheGeneration';
        return parent::startCacheGeneration();
    }

    public function endCacheGeneration($rename = true)
    {
        $this->heard[] = 'endCacheGeneration';
        return parent::endCacheGeneration($rename);
    }

    public function processCache($retrieveCallback, $generateCallback = null, $ttl = null, $expiry = null, $extraData = null)
    {
        $this->heard[] = 'processCache';
        return parent::processCache($retrieveCallback, $generateCallback, $ttl, $expiry, $extraData);
    }
}
$handler = new Loud('var/a');
show('generated', [$handler->processCache(retrieve(), generate('made')), array_unique($handler->heard)]);
$handler->heard = [];
show('retrieved', [$handler->processCache(retrieve(), never()), array_unique($handler->heard)]);
show('rows', [bytes_of('var/a'), claims(), state($handler)]);
class Stubborn extends eZDBFileHandler
{
    public function startCacheGeneration()
    {
        return 5;
    }
}
$handler->delete();
show('never granted', [(new Stubborn('var/a'))->processCache(retrieve(), never()), claims(), expired()]);
?>
--EXPECT--
generated: ['loudly made', ['processCache', 'startCacheGeneration', 'storeCache', 'endCacheGeneration']]
retrieved: ['got made', ['processCache']]
rows: ['made', [], ['var/a', null]]
never granted: ['got made', [], ['var/a']]
