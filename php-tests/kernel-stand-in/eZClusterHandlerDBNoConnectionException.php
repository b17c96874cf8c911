<?php
/* Thrown where no connection to the cluster database can be had. */
class eZClusterHandlerDBNoConnectionException extends Exception
{
    public function __construct($host, $user, $password)
    {
        parent::__construct("no connection to the cluster database on $host as $user");
    }
}
