--TEST--
The php.ini settings have their defaults and can be set at run time, but not the password
--FILE--
<?php
require __DIR__ . '/../inc/cluster.inc';
cluster();
$settings = ini_get_all('ezdbfile');
foreach (['host', 'port', 'charset', 'chunk_size', 'connect_timeout', 'read_timeout', 'write_timeout', 'match_timeout', 'connect_retries', 'execute_retries', 'retry_timeout', 'pool_max', 'pool_idle_timeout', 'pool_max_lifetime', 'pool_check_after'] as $name) {
    show($name, $settings["ezdbfile.$name"]['global_value']);
}
foreach (['host', 'port', 'socket', 'user', 'database', 'charset', 'chunk_size', 'connect_timeout', 'read_timeout', 'write_timeout', 'match_timeout', 'connect_retries', 'execute_retries', 'retry_timeout', 'pool_max', 'pool_idle_timeout', 'pool_max_lifetime', 'pool_check_after'] as $name) {
    if ($settings["ezdbfile.$name"]['access'] !== INI_ALL || ini_set("ezdbfile.$name", '77') === false || ini_get("ezdbfile.$name") !== '77') {
        echo "$name cannot be set\n";
    }
}
show('setting the password', ini_set('ezdbfile.password', 'other'));
show('password', ini_get('ezdbfile.password'));
?>
--EXPECT--
host: 'localhost'
port: '3306'
charset: 'utf8mb4'
chunk_size: '65535'
connect_timeout: '5'
read_timeout: '60'
write_timeout: '60'
match_timeout: '30'
connect_retries: '2'
execute_retries: '7'
retry_timeout: '60'
pool_max: '32'
pool_idle_timeout: '300'
pool_max_lifetime: '3600'
pool_check_after: '10'
setting the password: false
password: ''
