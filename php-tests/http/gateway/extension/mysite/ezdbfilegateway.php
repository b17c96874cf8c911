<?php
class ezdbfileClusterGateway extends ezpClusterGateway
{
    public function connect() {}

    public function fetchFileMetadata( $filepath )
    {
        $file = new eZDBFileHandler( $filepath );
        return $file->exists() ? $file->metaData : false;
    }

    public function passthrough( $filepath, $filesize, $offset = false, $length = false )
    {
        $file = new eZDBFileHandler( $filepath );
        $file->passthrough( (int)$offset, $length );
    }

    public function close() {}
}

ezpClusterGateway::setGatewayClass( 'ezdbfileClusterGateway' );
