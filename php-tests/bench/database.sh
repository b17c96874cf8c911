# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# The server and the databases of the contenders.

# A server as in production: commits are durable, and the tables fit into its memory. Where how fast does not
# matter, nothing waits for the disk.
bench_database() {
  local name
  export EZDB_TEST_FLUSH_LOG=${EZDB_TEST_FLUSH_LOG:-$((!${#QUICK[@]}))}
  if ((!${#QUICK[@]})); then DB_BUFFER_POOL=2G DB_LOG_SIZE=512M; fi
  mariadb_create
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

bench_durability() {
  if [[ $EZDB_TEST_FLUSH_LOG == 1 ]]; then printf 'commits are durable'; else printf 'commits are not durable'; fi
  printf ' (`innodb_flush_log_at_trx_commit=%s`); writing 4 KiB to the disk and waiting for it takes ' "$EZDB_TEST_FLUSH_LOG"
  # shellcheck disable=SC2016 # the dollars are PHP's
  php -n -r '
    $file = fopen($argv[1], "w");
    for ($i = 0; $i < 50; $i++) {
        fwrite($file, str_repeat("x", 4096));
        $start = hrtime(true);
        fsync($file);
        $times[] = (hrtime(true) - $start) / 1e6;
    }
    sort($times);
    printf("%.2f ms", $times[25]);' "$WORK/fsync"
}

# The machine, as Markdown: what the figures depend on.
bench_machine() {
  cat <<END
How fast
========

Measured by \`php-tests/bench/run.sh\` on $(date -u +%Y-%m-%d).

- $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores for the server, PHP and the load together
- $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB of memory, $(uname -sr)
- load average before: $(cut -d ' ' -f 1-3 /proc/loadavg)
- PHP $(php -n -r 'echo PHP_VERSION;'), MariaDB $(mariadbd --version | sed -n 's/.*Ver \([0-9.]*\).*/\1/p'), libmariadb $(mariadb_config --version), unix socket
- $(bench_durability)
- buffer pool ${DB_BUFFER_POOL:-64M}, no binary log
- the old handler is \`OldHandler.php\`, on the tables of eZ Publish 4.7; the limit is the client of \`limit/\`, in the way that is named
  beside its time, on the tables of the extension
END
}
