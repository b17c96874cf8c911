# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# Serving over HTTP: nginx and Apache before php-fpm, and PHP's own server. The configuration of the
# web servers is the one that the README recommends, as it stands.

HTTP_DATABASE=ezdb_http
# Layout of the tables: id or hash.
HTTP_LAYOUT=${HTTP_LAYOUT:-id}
HTTP_PACKAGES=(php-fpm nginx apache2 libapache2-mod-xsendfile libapache2-mod-php)

# http_checks [NAME...]: all, or those in the named files of checks/.
http_checks() {
  local front
  HTTP_NAMES=("$@")
  are_checks "$HERE/http/checks" "$@" || return 0
  say "serving over HTTP, from tables of the layout $HTTP_LAYOUT"
  http_prepare
  http_start || {
    failed "the web servers start" "$HTTP/start.log"
    return
  }
  for front in nginx nginx-sendfile apache apache-sendfile apache-php php-s; do
    http_check table.php "$front: every request of the table gets its response" "$front"
    http_check paths.php "$front: private paths are refused without a query, and any public name is served" "$front"
  done
  http_check handover.php "nginx sends copies itself, and nobody sees a difference" nginx-sendfile nginx "$HTTP/copies-accel"
  http_check handover.php "Apache sends copies itself, and nobody sees a difference" apache-sendfile apache "$HTTP/copies-sendfile"
  http_check copies-bounded.php "copies are bounded, and what was used last stays" nginx-sendfile "$HTTP/copies-accel"
  http_check output.php "nothing that a script prints before or after gets into a response"
  http_check streaming.php "nginx: slow clients, clients that leave, files and connections that go" nginx buffers
  http_check streaming.php "nginx without buffers: the same" nginx-unbuffered none
  http_check streaming.php "Apache: the same" apache none
  http_check streaming.php "Apache that sends copies: the same" apache-sendfile copies
  http_check streaming.php "Apache with mod_php: the same" apache-php none
  http_check streaming.php "PHP's own server: the same" php-s none
  http_check memory.php "a worker that sends 64 MiB needs less than 1 MiB more"
  http_check large.php "a range at the end of ${EZDB_TEST_LARGE_MB:-1024} MiB reads only its rows" nginx-unbuffered
  http_check gateway.php "the README's gateway serves through the kernel's index_cluster.php"
  http_check errors.php "damaged data is an error, and no half file looks whole" damaged
  mariadb_stop
  http_check errors.php "without a database: 503, and when to come again" down
  mariadb_start || give_up "the database comes back"
  http_check errors.php "the first request after the database is back works" up
  check "no server of these crashed, and no worker" http_nobody_crashed
}

# Ends the servers, too.
http_nobody_crashed() {
  local pid status=0
  for pid in "${HTTP_PIDS[@]}"; do
    is_running "$pid" || status=1
  done
  http_stop
  # What they say of a child that a signal ended, other than ours.
  if grep -hE 'exited on signal|exit signal|SIG(SEGV|BUS|ABRT|ILL|FPE)' "$HTTP"/*.log | grep -v 'SIGTERM'; then status=1; fi
  return "$status"
}

# http_check FILE WHAT [ARGUMENT...]
http_check() {
  local file=$1 what=$2
  shift 2
  if ((${#HTTP_NAMES[@]})) && [[ " ${HTTP_NAMES[*]} " != *" $file "* && " ${HTTP_NAMES[*]} " != *" ${file%.php} "* ]]; then return; fi
  check "$what" http_client "$file" "$@"
}

http_client() {
  EZDB_PROJECT=$ROOT EZDB_HTTP_FRONTS=$HTTP_FRONTS EZDB_HTTP_DATABASE=$HTTP_DATABASE EZDB_HTTP=$HTTP \
    EZDB_HTTP_LAYOUT=$HTTP_LAYOUT \
    php_with "$HTTP/cli.ini" "$HERE/http/checks/$1" "${@:2}" || {
    tail -n 10 -- "$HTTP"/*.log | cut -c 1-300
    return 1
  }
}

# The workers run as another user, who may not be let into the checkout.
http_prepare() {
  local pool
  HTTP=$WORK/http
  HTTP_USER=$(id -un)
  if ((EUID == 0)); then
    HTTP_USER=www-data
    id -u "$HTTP_USER" >/dev/null 2>&1 || HTTP_USER=nobody
  fi
  mkdir -m 755 "$HTTP" "$HTTP/tmp"
  cp -r -- "$HERE/http/site" "$HERE/http/gateway" "$HTTP"
  mkdir -m 755 "$HTTP/copies-accel" "$HTTP/copies-sendfile"
  chmod -R u=rwX,go=rX "$HTTP/site" "$HTTP/gateway"
  for pool in plain accel sendfile modphp s; do : >"$HTTP/php-$pool.log"; done
  if ((EUID == 0)); then
    chown "$HTTP_USER" "$HTTP"/copies-* "$HTTP"/php-*.log "$HTTP/tmp"
  fi
  mariadb_sql "CREATE DATABASE IF NOT EXISTS $HTTP_DATABASE"
  write_ini "$HTTP/cli.ini" "$HTTP_DATABASE" mysqlnd mysqli
  write_ini "$HTTP/site.ini" "$HTTP_DATABASE"
  http_settings "$HTTP/php-s.log" >>"$HTTP/site.ini"
  php_with "$HTTP/cli.ini" -r 'ezdbfile_install( $argv[1] );' "$HTTP_LAYOUT"
}

# http_settings LOG: what every PHP that serves has set; as hard on it as can be, unless HTTP_COMPRESSION
# says otherwise.
http_settings() {
  cat <<END
ezdbfile.serve_attachment = "application/zip"
output_buffering = 4096
zlib.output_compression = ${HTTP_COMPRESSION:-1}
log_errors = 1
error_log = "$1"
END
}

# Starts everything; sets HTTP_FRONTS, which tells the checks where.
http_start() {
  http_fpm_start && http_nginx_start && http_try http_apache_start && http_try http_modphp_start && http_try http_php_start || return
  HTTP_FRONTS=$(printf '{"nginx":"unix://%s/nginx","nginx-unbuffered":"unix://%s/nginx-unbuffered","nginx-sendfile":"unix://%s/nginx-sendfile","nginx-gateway":"unix://%s/nginx-gateway","nginx-blind":"unix://%s/nginx-blind","apache":"tcp://127.0.0.1:%s","apache-sendfile":"tcp://127.0.0.1:%s","apache-php":"tcp://127.0.0.1:%s","php-s":"tcp://127.0.0.1:%s"}' \
    "$HTTP" "$HTTP" "$HTTP" "$HTTP" "$HTTP" "$HTTP_APACHE_PORT" "$HTTP_SENDFILE_PORT" "$HTTP_MODPHP_PORT" "$HTTP_PHP_PORT")
}

# http_try START: again where somebody has taken the port meanwhile.
http_try() {
  local tries
  for tries in 1 2 3; do
    HTTP_PID=
    # What answers may be somebody else's.
    if "$1" && is_running "$HTTP_PID"; then return; fi
    if [[ $HTTP_PID ]]; then
      stop_process "$HTTP_PID" 10
      unset 'HTTP_PIDS[-1]'
    fi
  done
  echo "$1: no success in $tries tries" >>"$HTTP/start.log"
  return 1
}

http_stop() {
  local pid
  for pid in "${HTTP_PIDS[@]}"; do stop_process "$pid" 10; done
  HTTP_PIDS=()
}

# http_run NAME COMMAND...
http_run() {
  start_process "$HTTP/start.log" "${@:2}"
  HTTP_PIDS+=("$STARTED_PID")
  HTTP_PID=$STARTED_PID
}

http_fpm_start() {
  HTTP_PIDS=()
  : >"$HTTP/start.log"
  {
    printf '[global]\nerror_log = %s/fpm.log\ndaemonize = no\n' "$HTTP"
    http_pool plain
    http_pool accel sendfile=X-Accel-Redirect sendfile_uri=/ezdbfile-copies "sendfile_max_bytes=${HTTP_COPIES_BYTES:-3000000}" \
      "sendfile_dir=$HTTP/copies-accel"
    http_pool sendfile sendfile=X-Sendfile "sendfile_dir=$HTTP/copies-sendfile"
  } >"$HTTP/fpm.conf"
  chmod 600 "$HTTP/fpm.conf"
  printf 'extension = "%s"\n%s\n' "$EXTENSION" "${HTTP_OPCACHE:+zend_extension = opcache}" >"$HTTP/fpm.ini"
  PHP_INI_SCAN_DIR='' http_run fpm "$(php_fpm)" -c "$HTTP/fpm.ini" --fpm-config "$HTTP/fpm.conf"
  wait_until 20 http_sockets fpm-plain fpm-accel fpm-sendfile
}

http_sockets() {
  local name
  for name in "$@"; do [[ -S $HTTP/$name ]] || return; done
}

# http_pool NAME [SETTING...]
http_pool() {
  local name=$1 setting
  shift
  cat <<END

[$name]
user = $HTTP_USER
group = $(id -gn "$HTTP_USER")
listen = $HTTP/fpm-$name
listen.mode = 0666
pm = static
pm.max_children = ${HTTP_WORKERS:-2}
catch_workers_output = yes
chdir = $HTTP/site
php_admin_value[memory_limit] = 32M
php_admin_value[ezdbfile.socket] = $DB_SOCKET
php_admin_value[ezdbfile.user] = $DB_USER
php_admin_value[ezdbfile.password] = $DB_PASSWORD
php_admin_value[ezdbfile.database] = $HTTP_DATABASE
END
  http_settings "$HTTP/php-$name.log" | sed 's/^\([^ ]*\) = "\?\([^"]*\)"\?$/php_admin_value[\1] = \2/'
  for setting in "$@"; do printf 'php_admin_value[ezdbfile.%s] = %s\n' "${setting%%=*}" "${setting#*=}"; done
}

http_nginx_start() {
  cat >"$HTTP/nginx.conf" <<END
daemon off;
pid $HTTP/nginx.pid;
error_log $HTTP/nginx.log info;
worker_processes 1;
$( ((EUID)) || printf 'user %s;' "$HTTP_USER")
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path $HTTP/tmp/body;
  proxy_temp_path $HTTP/tmp/proxy;
  fastcgi_temp_path $HTTP/tmp/fastcgi;
  uwsgi_temp_path $HTTP/tmp/uwsgi;
  scgi_temp_path $HTTP/tmp/scgi;
  # One of the servers finds no copies where it looks for them.
  map \$server_name \$ezdbfile_copies { default $HTTP/copies-accel; blind $HTTP/nowhere; }
  upstream ezdbfile_php { server unix:$HTTP/fpm-plain; }
  upstream accel { server unix:$HTTP/fpm-accel; }
  server {
    listen unix:$HTTP/nginx;
    root $HTTP/site;
    include $HTTP/ezdbfile.conf;
    location = /page.php { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME \$document_root/page.php; fastcgi_pass ezdbfile_php; }
  }
  server {
    listen unix:$HTTP/nginx-blind;
    server_name blind;
    root $HTTP/site;
    include $HTTP/ezdbfile-accel.conf;
  }
  server {
    listen unix:$HTTP/nginx-gateway;
    root $HTTP/site;
    location / { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME $HTTP/gateway/stand-in.php; fastcgi_pass ezdbfile_php; }
  }
  server {
    listen unix:$HTTP/nginx-unbuffered;
    root $HTTP/site;
    fastcgi_buffering off;
    include $HTTP/ezdbfile.conf;
  }
  server {
    listen unix:$HTTP/nginx-sendfile;
    root $HTTP/site;
    include $HTTP/ezdbfile-accel.conf;
  }
}
END
  cp -- "$HERE/http/nginx/ezdbfile.conf" "$HTTP/ezdbfile.conf"
  sed 's/fastcgi_pass ezdbfile_php;/fastcgi_pass accel;/' "$HTTP/ezdbfile.conf" >"$HTTP/ezdbfile-accel.conf"
  http_run nginx nginx -e "$HTTP/nginx.log" -p "$HTTP" -c "$HTTP/nginx.conf"
  wait_until 20 http_sockets nginx nginx-unbuffered nginx-sendfile nginx-gateway nginx-blind
}

APACHE_MODULES=/usr/lib/apache2/modules

# apache_config NAME MODULE...: what both Apaches have in common.
apache_config() {
  local name=$1 module
  shift
  cat <<END
ServerRoot $HTTP
ServerName localhost
PidFile $HTTP/$name.pid
DefaultRuntimeDir $HTTP/tmp
Mutex file:$HTTP/tmp default
ErrorLog $HTTP/$name.log
$( ((EUID)) || printf 'User %s\nGroup %s' "$HTTP_USER" "$(id -gn "$HTTP_USER")")
END
  for module in authz_core rewrite headers "$@"; do
    printf 'LoadModule %s_module %s/mod_%s.so\n' "$module" "$APACHE_MODULES" "$module"
  done
  printf '<Directory %s/site>\n  Require all granted\n</Directory>\n' "$HTTP"
}

http_apache_start() {
  HTTP_APACHE_PORT=$(free_port)
  HTTP_SENDFILE_PORT=$(free_port)
  {
    apache_config apache mpm_event proxy proxy_fcgi xsendfile
    cat <<END
Listen 127.0.0.1:$HTTP_APACHE_PORT
Listen 127.0.0.1:$HTTP_SENDFILE_PORT
<VirtualHost 127.0.0.1:$HTTP_APACHE_PORT>
  DocumentRoot $HTTP/site
  Define EZDBFILE_PHP $HTTP/fpm-plain
  Define EZDBFILE_COPIES $HTTP/copies-sendfile
  Include "$HERE/http/apache/ezdbfile.conf"
</VirtualHost>
<VirtualHost 127.0.0.1:$HTTP_SENDFILE_PORT>
  DocumentRoot $HTTP/site
  Define EZDBFILE_PHP $HTTP/fpm-sendfile
  Include "$HERE/http/apache/ezdbfile.conf"
</VirtualHost>
END
  } >"$HTTP/apache.conf"
  http_run apache apache2 -D FOREGROUND -f "$HTTP/apache.conf"
  wait_until 20 http_answers_or_died "$HTTP_APACHE_PORT" && http_answers "$HTTP_APACHE_PORT"
}

# PHP within Apache, behind the rewrite rules of the clustering document.
http_modphp_start() {
  local module
  HTTP_MODPHP_PORT=$(free_port)
  mkdir -p "$HTTP/modphp"
  {
    cat "$HTTP/cli.ini"
    http_settings "$HTTP/php-modphp.log"
  } >"$HTTP/modphp/php.ini"
  module=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
  {
    apache_config modphp mpm_prefork
    cat <<END
LoadModule php_module $APACHE_MODULES/libphp$module.so
PHPIniDir $HTTP/modphp
StartServers 2
Listen 127.0.0.1:$HTTP_MODPHP_PORT
<VirtualHost 127.0.0.1:$HTTP_MODPHP_PORT>
  DocumentRoot $HTTP/site
  RewriteEngine On
  RewriteRule ^/var/[^/]+/storage/images-versioned/.* /index_image.php [L]
  RewriteRule ^/var/[^/]+/storage/images/.*           /index_image.php [L]
  RequestHeader unset If-Unmodified-Since "expr=-n %{HTTP:If-Match}"
  MaxRanges none
  <FilesMatch "\.php$">
    SetHandler application/x-httpd-php
  </FilesMatch>
</VirtualHost>
END
  } >"$HTTP/modphp.conf"
  PHP_INI_SCAN_DIR='' http_run modphp apache2 -D FOREGROUND -f "$HTTP/modphp.conf"
  wait_until 20 http_answers_or_died "$HTTP_MODPHP_PORT" && http_answers "$HTTP_MODPHP_PORT"
}

http_php_start() {
  HTTP_PHP_PORT=$(free_port)
  PHP_INI_SCAN_DIR='' http_run php-s php -c "$HTTP/site.ini" -S "127.0.0.1:$HTTP_PHP_PORT" -t "$HTTP/site" "$HTTP/site/router.php"
  wait_until 20 http_answers_or_died "$HTTP_PHP_PORT" && http_answers "$HTTP_PHP_PORT"
}

http_answers() { curl --silent --noproxy '*' --output /dev/null "http://127.0.0.1:$1/"; }

http_answers_or_died() { http_answers "$1" || ! is_running "$HTTP_PID"; }
