# shellcheck shell=bash
# The operations of a handler, one process for each contender.

# Room for what the contenders have in local files at one time.
BENCH_LOCAL_BYTES=2000000000

bench_operations() {
  bench_limit && bench_fpm || return
  bench_nodes || return
  say "operations, in turns"
  BENCH_INI=$WORK/id.ini BENCH_SAME_INI=$WORK/same.ini BENCH_LIMIT=$WORK/limit BENCH_FPM=$WORK/fpm BENCH_NODES=$NODES \
    php_with "$WORK/id.ini" "$HERE/bench/driver.php" "${QUICK[@]}" "${OPTIONS[@]}" "$RESULTS/operations.jsonl"
}

# Where the nodes have their local files; sets NODES. In memory where there is room: ext4 passes over inodes that were
# freed in the last seconds, one by one, and where files are made and removed all the time that takes longer
# than all else.
bench_nodes() {
  NODES=$WORK/nodes
  if [[ $(stat --file-system --format %T /dev/shm 2>/dev/null) == tmpfs && -w /dev/shm ]] &&
    (($(df --output=avail -B 1 /dev/shm | tail -n 1) >= BENCH_LOCAL_BYTES)); then
    directory_beside /dev/shm && NODES=$DIRECTORY/nodes || return
  fi
  mkdir "$NODES"
  printf -- '- local files of the nodes on %s\n' "$(stat --file-system --format %T "$NODES")" >>"$RESULTS/machine.md"
}

# The limit as a program, and the same in C as an extension of PHP.
bench_limit() {
  local flags headers file common=()
  for file in "$HERE"/bench/limit/*.c; do
    [[ $file == */main.c || $file == */php.c ]] || common+=("$file")
  done
  read -ra flags < <(mariadb_config --cflags --libs | tr '\n' ' ')
  read -ra headers < <(php-config --includes)
  run_quietly "gcc" "$WORK/limit.log" gcc -O2 -Wall -Wextra -Werror -o "$WORK/limit" "$HERE/bench/limit/main.c" "${common[@]}" "${flags[@]}" || return
  # PHP's macros leave parameters unused.
  run_quietly "gcc" "$WORK/limit.log" gcc -O2 -Wall -Wextra -Werror -Wno-unused-parameter -shared -fPIC -fvisibility=hidden \
    -o "$WORK/limit.so" "$HERE/bench/limit/php.c" "${common[@]}" "${headers[@]/#-I/-isystem}" "${flags[@]}" || return
  EXTENSION=$WORK/limit.so write_ini "$WORK/same.ini" '' mysqlnd mysqli posix pcntl
}

# A pool for each contender within PHP, with one worker: requests that begin with nothing but a connection.
bench_fpm() {
  local user
  user=$(id -un)
  if ((EUID == 0)); then user=www-data; fi
  mkdir -m 755 "$WORK/fpm" "$WORK/fpm/pages"
  cp -- "$HERE"/bench/pages/{stat,same-stat,plain}.php "$WORK/fpm/pages"
  cp -- "$HERE/bench/OldHandler.php" "$WORK/fpm"
  chmod -R u=rwX,go=rX "$WORK/fpm"
  bench_fpm_start handlers "$WORK/id.ini" old id hash && bench_fpm_start in-c "$WORK/same.ini" same-id same-hash
}

bench_fpm_start() { # NAME INI POOL...
  local conf=$WORK/fpm/$1.conf ini=$WORK/fpm/$1.ini log=$WORK/fpm/$1.log name
  { cat -- "$2" && printf 'zend_extension = opcache\n'; } >"$ini"
  shift 2
  {
    printf '[global]\nerror_log = %s\ndaemonize = no\n' "$log"
    for name; do bench_pool "$name"; done
  } >"$conf"
  PHP_INI_SCAN_DIR='' start_process "$log.start" "$(php_fpm)" -c "$ini" --fpm-config "$conf"
  wait_until 20 test -S "$WORK/fpm/$name.socket"
}

bench_pool() { # CONTENDER
  local layout=${1#same-}
  printf '\n[%s]\nuser = %s\ngroup = %s\nlisten = %s/fpm/%s.socket\nlisten.mode = 0666\npm = static\npm.max_children = 1\n' \
    "$1" "$user" "$(id -gn "$user")" "$WORK" "$1"
  case $1 in
    same-*) printf 'env[BENCH_LAYOUT] = %s\n' "$layout" ;;
    old) printf 'env[BENCH_CLASS] = OldHandler\n' ;;
    *) printf 'env[BENCH_CLASS] = eZDBFileHandler\nphp_admin_value[ezdbfile.database] = ezdb_bench_%s\n' "$layout" ;;
  esac
  bench_environment "ezdb_bench_$layout"
}
