<?php
// Stands for the kernel's abstract gateway and what index_cluster.php does with one: it wants a backend to be named,
// defines as empty what is not, and loads the gateway's file last. Written from what is known of its interface; no code
// of eZ Publish.

require 'config.cluster.php';
if ( !defined( 'CLUSTER_STORAGE_BACKEND' ) )
{
    header( $_SERVER['SERVER_PROTOCOL'] . ' 500 Internal Server Error' );
    exit( 1 );
}
foreach ( ['USER', 'PASS', 'DB'] as $name )
{
    defined( "CLUSTER_STORAGE_$name" ) || define( "CLUSTER_STORAGE_$name", '' );
}

abstract class ezpClusterGateway
{
    private static $class;

    public function __construct( array $params = [] ) {}

    abstract public function connect();

    abstract public function fetchFileMetadata( $filepath );

    abstract public function passthrough( $filepath, $filesize, $offset = false, $length = false );

    abstract public function close();

    public static function setGatewayClass( $class )
    {
        self::$class = $class;
    }

    public static function getGateway()
    {
        $known = static fn ( $name ) => defined( $name ) ? constant( $name ) : null;
        return new self::$class( [
            'host' => $known( 'CLUSTER_STORAGE_HOST' ),
            'port' => $known( 'CLUSTER_STORAGE_PORT' ),
            'user' => CLUSTER_STORAGE_USER,
            'password' => CLUSTER_STORAGE_PASS,
            'name' => CLUSTER_STORAGE_DB,
            'charset' => CLUSTER_STORAGE_CHARSET,
        ] );
    }

    public function retrieve( $path )
    {
        $this->connect();
        $metadata = $this->fetchFileMetadata( $path );
        if ( $metadata === false || $metadata['mtime'] < 0 )
        {
            header( $_SERVER['SERVER_PROTOCOL'] . ' 404 Not Found' );
            $this->close();
            return;
        }
        header( 'Content-Type: ' . $metadata['datatype'] );
        [$offset, $length] = [false, false];
        if ( preg_match( '/^bytes=(\d+)-(\d+)$/', $_SERVER['HTTP_RANGE'] ?? '', $range ) )
        {
            header( $_SERVER['SERVER_PROTOCOL'] . ' 206 Partial Content' );
            [$offset, $length] = [(int)$range[1], $range[2] - $range[1] + 1];
        }
        header( 'Content-Length: ' . ( $length ?: $metadata['size'] ) );
        $this->passthrough( $path, $metadata['size'], $offset, $length );
        $this->close();
    }
}

require_once defined( 'CLUSTER_STORAGE_GATEWAY_PATH' ) ? CLUSTER_STORAGE_GATEWAY_PATH : 'kernel/clustering/' . CLUSTER_STORAGE_BACKEND . '.php';
ezpClusterGateway::getGateway()->retrieve( ltrim( rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ), '/' ) );
