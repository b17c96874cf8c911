<?php
define( 'CLUSTER_STORAGE_BACKEND', 'ezdbfile' );
define( 'CLUSTER_STORAGE_GATEWAY_PATH', 'extension/mysite/ezdbfilegateway.php' );
// The kernel asks for it. Empty: that of php.ini.
define( 'CLUSTER_STORAGE_CHARSET', '' );
