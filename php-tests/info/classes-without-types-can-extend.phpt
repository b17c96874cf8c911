--TEST--
A class written in PHP without any types can extend the handler and override its methods
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
class PlainHandler extends eZDBFileHandler
{
    public $extra = 'own';

    function __construct( $filePath = false )
    {
        parent::__construct( $filePath );
    }

    static function cleanPath( $path )
    {
        return parent::cleanPath( $path );
    }

    function fileFetch( $filePath )
    {
        return parent::fileFetch( $filePath );
    }

    function fileStore( $filePath, $scope = false, $delete = false, $datatype = false )
    {
        return parent::fileStore( $filePath, $scope, $delete, $datatype );
    }

    function passthrough( $offset = 0, $length = false )
    {
        return parent::passthrough( $offset, $length );
    }
}
put('var/a.txt', 'abc');
$handler = new PlainHandler('var//a.txt');
show('path', $handler->filePath);
show('fetched', $handler->fileFetch('var/a.txt'));
$handler->passthrough(1);
echo "\n";
show('extra', $handler->extra);
?>
--EXPECT--
path: 'var/a.txt'
fetched: 'var/a.txt'
bc
extra: 'own'
