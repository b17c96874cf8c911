<?php
// Stands for the kernel's abstract gateway and what index_cluster.php does with one. Written from
// what is known of its interface; no code of eZ Publish.

abstract class ezpClusterGateway
{
    private static $class;

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
        return new self::$class;
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

require __DIR__ . '/ezdbfilegateway.php';
ezpClusterGateway::getGateway()->retrieve( ltrim( rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ), '/' ) );
