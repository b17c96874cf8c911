<?php
header('Content-Type: application/octet-stream');
(new eZDBFileHandler('var/fpm/storage/original/file'))->passthrough();
