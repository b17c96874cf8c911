<?php
/* What a callback of processCache() returns when it has no content, and why. */
class eZClusterFileFailure
{
    const FILE_EXPIRED = 1;
    const FILE_CONTENT_GENERATE = 2;
    const FILE_RETRIEVAL_FAILED = 3;

    private $errno;
    private $message;

    public function __construct($errno, $message = false)
    {
        $this->errno = $errno;
        $this->message = $message;
    }

    public function errno()
    {
        return $this->errno;
    }

    public function message()
    {
        return $this->message;
    }
}
