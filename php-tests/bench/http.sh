# shellcheck shell=bash
# Requests a second through nginx, for files of several sizes: nginx alone, a PHP script that does readfile()
# on a local file, one that serves through the old handler, ezdbfile_serve() from the database, and
# ezdbfile_serve() with copies that nginx sends (X-Accel-Redirect). With the nginx configuration of
# php-tests/http, through equal pools of php-fpm with opcache, as sites have it, of 16
# workers for 16 connections: with fewer, processors are idle while workers wait for the database, and a
# client that waits for the end of its TCP window (the loopback's packets are as large) holds all up. Beside them,
# the same in C within php-fpm. And what a worker's memory grows by.

HTTP_CONTENDERS=(static readfile old ezdbfile ezdbfile-copies same)
HTTP_IMAGES=var/bench/storage/images

bench_http() {
  local contender size round seconds=1 rounds=11 sizes=(4096 65536 1048576 16777216) name
  if ((${#QUICK[@]})); then rounds=1; fi
  # shellcheck disable=SC2034 # for http.sh of the tests
  HTTP_WORKERS=16 HTTP_COPIES_BYTES=1000000000 HTTP_COMPRESSION=0 HTTP_OPCACHE=1
  [[ -e $WORK/limit.so ]] || bench_limit || return
  http_prepare
  http_images "${sizes[@]}"
  http_fpm_start && http_old_fpm && http_same_fpm || return
  HTTP_FPM_PID=${HTTP_PIDS[0]}
  declare -gA HTTP_PORTS=()
  for contender in "${HTTP_CONTENDERS[@]}"; do HTTP_PORTS[$contender]=$(free_port); done
  http_bench_nginx || return
  for contender in "${HTTP_CONTENDERS[@]}"; do
    for size in "${sizes[@]}"; do
      curl --silent --fail --output "$WORK/got" "$(http_url "$contender" "$size")" || return
      cmp -- "$WORK/got" "$HTTP/bench/$HTTP_IMAGES/$size.png" || return
    done
  done
  say "HTTP, in turns"
  http_memory readfile "$HTTP_FPM_PID" plain
  http_memory old "$HTTP_OLD_PID" old
  http_memory ezdbfile "$HTTP_FPM_PID" plain
  if ((${#QUICK[@]})); then sizes=(4096); fi
  for size in "${sizes[@]}"; do
    local -A rates=()
    printf '%s bytes\n' "$size"
    for ((round = 0; round < rounds; round++)); do
      for contender in $(http_order "$round"); do
        rates[$contender]+=,$(http_rate "$contender" "$size" "$seconds") || return
      done
    done
    for name in "${HTTP_CONTENDERS[@]}"; do
      printf '{"contender":"%s","size":%s,"rates":[%s]}\n' "$name" "$size" "${rates[$name]#,}" >>"$RESULTS/http.jsonl"
    done
  done
  http_stop
}

# The order is turned round every round.
http_order() {
  if (($1 % 2)); then printf '%s\n' "${HTTP_CONTENDERS[@]}" | tac; else printf '%s\n' "${HTTP_CONTENDERS[@]}"; fi
}

http_url() { printf 'http://127.0.0.1:%s/%s/%s.png' "${HTTP_PORTS[$1]}" "$HTTP_IMAGES" "$2"; }

http_rate() { # CONTENDER SIZE SECONDS
  run wrk --threads 1 --connections 16 --duration "$3s" "$(http_url "$1" "$2")" |
    awk '/Requests\/sec/ { print $2 } /Non-2xx|Socket errors/ { print "failed:", $0 > "/dev/stderr"; exit 1 }'
}

http_memory() { # CONTENDER PID-OF-PHP-FPM POOL
  php_with "$HTTP/cli.ini" "$HERE/bench/worker-memory.php" "$1" "$2" "$3" "$(http_url "$1" 4096)" "$(http_url "$1" 16777216)" >>"$RESULTS/http.jsonl"
}

# The same files on disk, in the extension's tables and in those of the old handler; and the scripts.
http_images() {
  local size site
  mkdir -p "$HTTP/bench/$HTTP_IMAGES" "$HTTP/old" "$HTTP/same"
  for size in "$@"; do head -c "$size" /dev/urandom >"$HTTP/bench/$HTTP_IMAGES/$size.png"; done
  cp -- "$HERE/bench/pages/readfile.php" "$HTTP/bench/index_image.php"
  cp -- "$HERE/bench/pages/old.php" "$HTTP/old/index_image.php"
  cp -- "$HERE/bench/pages/same.php" "$HTTP/same/index_image.php"
  cp -- "$HERE/bench/OldHandler.php" "$HTTP/old"
  for site in bench old same; do chmod -R u=rwX,go=rX "$HTTP/$site"; done
  # shellcheck disable=SC2016 # the dollars are PHP's
  (cd "$HTTP/bench" && BENCH_DATABASE=ezdb_bench_old php_with "$HTTP/cli.ini" -r '
    require $argv[1];
    foreach (glob("var/bench/storage/images/*") as $path) {
        (new eZDBFileHandler())->fileStore($path, "image", false, "image/png");
        (new OldHandler())->fileStore($path, "image", false, "image/png");
    }' "$HERE/bench/OldHandler.php")
}

# A php-fpm for the old handler, which needs mysqli.
http_old_fpm() {
  {
    printf '[global]\nerror_log = %s/fpm-old.log\ndaemonize = no\n' "$HTTP"
    http_pool old
    bench_environment ezdb_bench_old
  } >"$HTTP/fpm-old.conf"
  load_lines mysqlnd mysqli >"$HTTP/fpm-old.ini"
  printf 'extension = "%s"\nzend_extension = opcache\n' "$EXTENSION" >>"$HTTP/fpm-old.ini"
  PHP_INI_SCAN_DIR='' http_run fpm-old "$(php_fpm)" -c "$HTTP/fpm-old.ini" --fpm-config "$HTTP/fpm-old.conf"
  HTTP_OLD_PID=$STARTED_PID
  wait_until 20 http_sockets fpm-old
}

# A php-fpm for the same in C.
http_same_fpm() {
  {
    printf '[global]\nerror_log = %s/fpm-same.log\ndaemonize = no\n' "$HTTP"
    http_pool same
    bench_environment "$HTTP_DATABASE"
    printf 'env[BENCH_LAYOUT] = %s\n' "$HTTP_LAYOUT"
  } >"$HTTP/fpm-same.conf"
  printf 'extension = "%s"\nzend_extension = opcache\n' "$WORK/limit.so" >"$HTTP/fpm-same.ini"
  PHP_INI_SCAN_DIR='' http_run fpm-same "$(php_fpm)" -c "$HTTP/fpm-same.ini" --fpm-config "$HTTP/fpm-same.conf"
  wait_until 20 http_sockets fpm-same
}

http_bench_nginx() {
  local contender part
  cp -- "$HERE/http/nginx/ezdbfile.conf" "$HTTP/ezdbfile.conf"
  sed 's/fastcgi_pass ezdbfile_php;/fastcgi_pass accel;/' "$HTTP/ezdbfile.conf" >"$HTTP/ezdbfile-accel.conf"
  sed 's/fastcgi_pass ezdbfile_php;/fastcgi_pass old;/' "$HTTP/ezdbfile.conf" >"$HTTP/ezdbfile-old.conf"
  sed 's/fastcgi_pass ezdbfile_php;/fastcgi_pass same;/' "$HTTP/ezdbfile.conf" >"$HTTP/ezdbfile-same.conf"
  {
    printf 'daemon off;\npid %s/bench.pid;\nerror_log %s/bench.log;\nworker_processes 2;\n' "$HTTP" "$HTTP"
    ((EUID)) || printf 'user %s;\n' "$HTTP_USER"
    printf 'events { worker_connections 256; }\nhttp {\n  include /etc/nginx/mime.types;\n  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  keepalive_requests 1000000;\n'
    for part in client_body proxy fastcgi uwsgi scgi; do printf '  %s_temp_path %s/tmp/bench-%s;\n' "$part" "$HTTP" "$part"; done
    # shellcheck disable=SC2016 # the dollar is nginx's
    printf '  map "" $ezdbfile_copies { default %s/copies-accel; }\n' "$HTTP"
    printf '  upstream ezdbfile_php { server unix:%s/fpm-plain; }\n  upstream accel { server unix:%s/fpm-accel; }\n  upstream old { server unix:%s/fpm-old; }\n' "$HTTP" "$HTTP" "$HTTP"
    printf '  upstream same { server unix:%s/fpm-same; }\n' "$HTTP"
    http_server static bench
    http_server readfile bench ezdbfile
    http_server old old ezdbfile-old
    http_server ezdbfile site ezdbfile
    http_server ezdbfile-copies site ezdbfile-accel
    http_server same same ezdbfile-same
    printf '}\n'
  } >"$HTTP/bench.conf"
  http_run nginx nginx -e "$HTTP/bench.log" -p "$HTTP" -c "$HTTP/bench.conf"
  for contender in "${HTTP_CONTENDERS[@]}"; do wait_until 20 http_answers "${HTTP_PORTS[$contender]}" || return; done
}

http_server() { # CONTENDER ROOT [CONFIGURATION]
  printf '  server { listen 127.0.0.1:%s; root %s/%s; %s }\n' "${HTTP_PORTS[$1]}" "$HTTP" "$2" "${3:+include $HTTP/$3.conf;}"
}
