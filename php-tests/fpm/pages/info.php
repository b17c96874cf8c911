<?php
// Everything that shows settings.

phpinfo();
print_r(ini_get_all('ezdbfile'));
print_r(ini_get_all());
var_dump(ini_get('ezdbfile.password'), get_cfg_var('ezdbfile.password'));
print_r(ezdbfile_status());
