# shellcheck shell=bash
# Tests of the extension in php-fpm: what only shows when a process serves many
# requests. Each check gets a php-fpm of its own with so many workers.

FPM_DATABASE=ezdb_fpm

# fpm_checks [NAME...]: all, or those in the named files of checks/.
fpm_checks() {
  are_checks "$HERE/fpm/checks" "$@" || return 0
  say "php-fpm"
  mariadb_sql "CREATE DATABASE $FPM_DATABASE"
  write_ini "$WORK/fpm-cli.ini" "$FPM_DATABASE" mysqlnd mysqli
  php_with "$WORK/fpm-cli.ini" -r 'ezdbfile_install();' || {
    failed "php-fpm: the tables could not be made" /dev/null
    return
  }
  fpm_prepare

  fpm_check 1 info.php "php-fpm loads the extension, and phpinfo() shows its version and no password" "$@"
  fpm_check 2 connections.php "1000 requests to 2 workers make exactly 2 connections" "$@"
  fpm_check 1 objects.php "500 handler objects in one request need one connection" "$@"
  fpm_check 1 ended-in-output.php "a request that ends in the middle of passthrough leaves the worker usable" "$@"
  fpm_check 1 client-gone.php "a client that goes away in the middle of passthrough leaves the worker usable" "$@"
  fpm_check 1 restart.php "a restart of the database between two requests goes unnoticed" "$@"
  fpm_check 1 claims-end-with-requests.php "however a request ends, its claims end with it" "$@"
  fpm_check 1 after-the-request.php "what is asked for when a request is over is nothing for the next one" "$@"
  fpm_check 1 password-of-the-pool.php "a request to a host with a password of its own leaves that of the pool as it is" "$@"
  fpm_check 4 one-worker-generates.php "one of several workers makes a page, the others wait or use the old one" "$@"
  fpm_check 1 server-variables.php "what a script has not named of \$_SERVER is the same as what it has" "$@"
  fpm_check 2 preload.php "workers leave the connection alone that preloading made in their parent" "$@"
  fpm_check 2 reload.php "a reload lets a stream end, and a stop in mid-stream leaves nothing behind" "$@"
  fpm_check 2 reload-generating.php "a reload lets a generation and those who wait for it end, and a stop in the middle of both leaves no claim" "$@"
  fpm_check 2 two-nodes.php "two pools with sites of their own see each other's changes at the next access" "$@"
  fpm_check 1 memory.php "thousands of requests, good and bad, do not make a worker grow" "$@"
}

# fpm_check WORKERS FILE WHAT [NAME...]
fpm_check() {
  local workers=$1 file=$2 what=$3
  shift 3
  if (($#)) && [[ " $* " != *" $file "* && " $* " != *" ${file%.php} "* ]]; then return; fi
  check "$what" fpm_run_check "$workers" "$file"
}

fpm_run_check() {
  local status=0
  fpm_start "$1" "$2" || return
  fpm_client "$2" || status=$?
  if [[ $2 == restart.php ]] && ((status == 0)); then
    # Nothing goes on without it; what it said is in the log of the check.
    mariadb_restart || {
      cat -- "$WORK/check.log" >&3
      give_up "the database comes back" >&3
    }
    fpm_client "$2" after || status=$?
  fi
  stop_process "$FPM_PID"
  # A worker that crashed, a setting that was refused.
  if grep -v ' NOTICE: ' "$FPM/log"; then status=1; fi
  if ((status)); then tail -n 15 -- "$FPM/log" "$FPM/php.log" "$DB_LOG"; fi
  return "$status"
}

fpm_client() {
  EZDB_FPM_PID=$FPM_PID EZDB_FPM_SOCKET=$FPM/socket EZDB_FPM_PAGES=$FPM/pages EZDB_FPM_NOTES=$FPM/notes \
    php_with "$WORK/fpm-cli.ini" "$HERE/fpm/checks/$1" "${@:2}"
}

# The workers run as another user, who may not be let into the checkout.
fpm_prepare() {
  FPM=$WORK/fpm
  FPM_USER=$(id -un)
  if ((EUID == 0)); then
    FPM_USER=www-data
    id -u "$FPM_USER" >/dev/null 2>&1 || FPM_USER=nobody
  fi
  mkdir -m 755 "$FPM" "$FPM/site" "$FPM/site2"
  cp -r -- "$HERE/fpm/pages" "$FPM/pages"
  chmod -R u=rwX,go=rX "$FPM/pages"
  touch "$FPM/php.log"
  if ((EUID == 0)); then chown "$FPM_USER" "$FPM/site" "$FPM/site2" "$FPM/php.log"; fi
  {
    printf 'extension = "%s"\n' "$EXTENSION"
    load_lines mysqlnd mysqli
    fpm_opcache
  } >"$FPM/base.ini"
}

# fpm_ini CHECK: php.ini of its php-fpm. Preloading happens before there are pools, so the settings
# must be there.
fpm_ini() {
  cat -- "$FPM/base.ini"
  if [[ $1 == preload.php ]]; then
    printf 'opcache.enable = 1\nopcache.preload = "%s"\nopcache.preload_user = %s\n' "$FPM/pages/preload.inc" "$(id -un)"
    printf 'ezdbfile.%s\n' "socket = \"$DB_SOCKET\"" "user = \"$DB_USER\"" "password = \"$DB_PASSWORD\"" "database = $FPM_DATABASE"
  fi
  if [[ $1 == password-of-the-pool.php ]]; then
    printf '[HOST=other.example]\nezdbfile.password = "that of another site"\n'
  fi
}

fpm_opcache() {
  local file
  file=$(php -n -r 'echo ini_get("extension_dir");')/opcache.so
  if [[ -e $file ]]; then printf 'zend_extension = opcache\n'; fi
}

# Two pools of so many workers: two nodes of a cluster.
fpm_config() {
  cat <<END
[global]
error_log = $FPM/log
daemonize = no
process_control_timeout = 30
END
  fpm_pool site "$1" "$FPM/socket" "$FPM/site"
  fpm_pool node2 "$1" "$FPM/socket2" "$FPM/site2"
  # For server-variables.php.
  printf 'env[HTTP_IF_MATCH] = "of the pool"\n'
}

# fpm_pool NAME WORKERS SOCKET DIRECTORY
# Host, user and password come from the pool here, as on a machine with several sites.
fpm_pool() {
  cat <<END

[$1]
user = $FPM_USER
group = $(id -gn "$FPM_USER")
listen = $3
listen.mode = 0666
pm = static
pm.max_children = $2
catch_workers_output = yes
chdir = $4
env[EZDB_FPM_SITE] = $4
php_admin_value[display_errors] = 1
php_admin_value[html_errors] = 0
php_admin_value[error_reporting] = 32767
php_admin_value[log_errors] = 1
php_admin_value[error_log] = $FPM/php.log
php_admin_value[memory_limit] = 64M
php_admin_value[ezdbfile.socket] = $DB_SOCKET
php_admin_value[ezdbfile.user] = $DB_USER
php_admin_value[ezdbfile.password] = $DB_PASSWORD
php_admin_value[ezdbfile.database] = $FPM_DATABASE
END
}

# fpm_start WORKERS CHECK: sets FPM_PID.
fpm_start() {
  (umask 077 && fpm_config "$1" >"$FPM/fpm.conf" && fpm_ini "$2" >"$FPM/php.ini")
  rm -f -- "$FPM/socket" "$FPM/socket2"
  : >"$FPM/log"
  : >"$FPM/php.log"
  PHP_INI_SCAN_DIR='' start_process "$FPM/out" "$(php_fpm)" -c "$FPM/php.ini" --fpm-config "$FPM/fpm.conf"
  FPM_PID=$STARTED_PID
  if wait_until 20 fpm_listens_or_died && is_running "$FPM_PID"; then return; fi
  echo "php-fpm did not start"
  cat -- "$FPM/out" "$FPM/log"
  stop_process "$FPM_PID"
  return 1
}

fpm_listens_or_died() { [[ -S $FPM/socket && -S $FPM/socket2 ]] || ! is_running "$FPM_PID"; }
