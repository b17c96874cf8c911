# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# The server and the databases of the contenders.

# A server as in production: commits are durable, and the tables fit into its memory. Where how fast does not
# matter, nothing waits for the disk.
bench_database() {
  local name
  export EZDB_TEST_FLUSH_LOG=${EZDB_TEST_FLUSH_LOG:-$((!${#QUICK[@]}))}
  if ((!${#QUICK[@]})); then DB_BUFFER_POOL=2G DB_LOG_SIZE=512M; fi
  mariadb_create
  if ((!${#QUICK[@]})); then bench_write_log || return; fi
  mariadb_export
  for name in id hash; do
    mariadb_sql "CREATE DATABASE ezdb_bench_$name CHARACTER SET utf8mb4"
    write_ini "$WORK/$name.ini" "ezdb_bench_$name" mysqlnd mysqli posix pcntl
    php_with "$WORK/$name.ini" -r 'ezdbfile_install($argv[1]);' "$name"
  done
  mariadb_sql "CREATE DATABASE ezdb_bench_old CHARACTER SET utf8mb3"
  # shellcheck disable=SC2016 # the dollar is PHP's
  mariadb_sql "$(php -n -r 'echo implode("\n", require $argv[1]);' "$HERE/inc/hash.inc")" ezdb_bench_old
}

# What the old handler and the same in C find this database by, as lines of a php-fpm pool.
bench_environment() { # DATABASE
  printf 'env[%s] = "%s"\n' BENCH_DATABASE "$1" EZDB_TEST_USER "$DB_USER" EZDB_TEST_PASSWORD "$DB_PASSWORD" \
    EZDB_TEST_SOCKET "$DB_SOCKET"
}

# The server's log with its blocks as they are after a while. The file system turns each block that was reserved and
# never written into a written one at its first commit, which then waits for it twice as long.
bench_write_log() {
  local log=$WORK/mariadb/data/ib_logfile0
  mariadb_stop
  run_quietly "dd" "$WORK/dd.log" dd "if=$log" "of=$log" bs=1M conv=notrunc,fsync || return
  mariadb_start
}
