#!/bin/bash
# Requests a second through nginx, for files of several sizes: nginx alone, a PHP
# script that does readfile() on a local file, ezdbfile_serve() from the
# database, and ezdbfile_serve() with copies that nginx sends (X-Accel-Redirect).
#
#   php-tests/bench/serve.sh [SECONDS [ROUNDS [CONNECTIONS]]]
#
# All through one php-fpm with equal pools and the nginx configuration of
# php-tests/http. The contenders take turns; what counts are the ratios, of
# medians over the rounds. Builds, starts private servers, and removes
# everything at the end.

set -euo pipefail

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in process packages report extension mariadb; do
  # shellcheck source=/dev/null
  source "$HERE/lib/$part.sh"
done
# shellcheck source=../http/http.sh
source "$HERE/http/http.sh"

SECONDS_EACH=${1:-2} ROUNDS=${2:-5} CONNECTIONS=${3:-4}
CONTENDERS=(static readfile ezdbfile ezdbfile-copies)
SIZES=(4096 65536 1048576 16777216)

requests_per_second() { # CONTENDER SIZE
  local name=$2
  run wrk --threads 1 --connections "$CONNECTIONS" --duration "${SECONDS_EACH}s" \
    "http://127.0.0.1:${PORTS[$1]}/var/bench/storage/images/$name.png" |
    awk '/Requests\/sec/ { print $2 } /Non-2xx|Socket errors/ { print "failed:", $0 > "/dev/stderr"; exit 1 }'
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

bench_nginx() {
  local contender
  {
    printf 'daemon off;\npid %s/bench.pid;\nerror_log %s/bench.log;\nworker_processes 2;\n' "$HTTP" "$HTTP"
    ((EUID)) || printf 'user %s;\n' "$HTTP_USER"
    printf 'events { worker_connections 256; }\nhttp {\n  include /etc/nginx/mime.types;\n  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  keepalive_requests 1000000;\n'
    for part in client_body proxy fastcgi uwsgi scgi; do printf '  %s_temp_path %s/tmp/bench-%s;\n' "$part" "$HTTP" "$part"; done
    # shellcheck disable=SC2016 # the dollar is nginx's
    printf '  map "" $ezdbfile_copies { default %s/copies-accel; }\n' "$HTTP"
    printf '  upstream ezdbfile_php { server unix:%s/fpm-plain; }\n  upstream accel { server unix:%s/fpm-accel; }\n' "$HTTP" "$HTTP"
    printf '  server { listen 127.0.0.1:%s; root %s/bench; }\n' "${PORTS[static]}" "$HTTP"
    printf '  server { listen 127.0.0.1:%s; root %s/bench; include %s/ezdbfile.conf; }\n' "${PORTS[readfile]}" "$HTTP" "$HTTP"
    printf '  server { listen 127.0.0.1:%s; root %s/site; include %s/ezdbfile.conf; }\n' "${PORTS[ezdbfile]}" "$HTTP" "$HTTP"
    printf '  server { listen 127.0.0.1:%s; root %s/site; include %s/ezdbfile-accel.conf; }\n}\n' "${PORTS[ezdbfile-copies]}" "$HTTP" "$HTTP"
  } >"$HTTP/bench.conf"
  http_run nginx nginx -e "$HTTP/bench.log" -p "$HTTP" -c "$HTTP/bench.conf"
  for contender in "${CONTENDERS[@]}"; do wait_until 20 http_answers "${PORTS[$contender]}"; done
}

make_files() {
  local size directory=$HTTP/bench/var/bench/storage/images
  mkdir -p "$directory"
  for size in "${SIZES[@]}"; do head -c "$size" /dev/urandom >"$directory/$size.png"; done
  # The same root for the script of readfile(), named as the rewrite rule wants it.
  cat >"$HTTP/bench/index_image.php" <<'END'
<?php
$file = __DIR__ . $_SERVER['REQUEST_URI'];
header('Content-Type: image/png');
header('Content-Length: ' . filesize($file));
readfile($file);
END
  chmod -R u=rwX,go=rX "$HTTP/bench"
  # shellcheck disable=SC2016 # the dollars are PHP's
  (cd "$HTTP/bench" && php_with "$HTTP/cli.ini" -r '
    foreach (glob("var/bench/storage/images/*") as $path) {
        (new eZDBFileHandler())->fileStore($path, "image", false, "image/png");
    }')
}

work_directory
need_packages "${BASE_PACKAGES[@]}" "${HTTP_PACKAGES[@]}" wrk
need_cargo
build_extension || exit
mariadb_create
mariadb_export
# shellcheck disable=SC2034 # for http.sh
HTTP_WORKERS=4 HTTP_COPIES_BYTES=1000000000
http_prepare
make_files
http_fpm_start
declare -A PORTS
for contender in "${CONTENDERS[@]}"; do PORTS[$contender]=$(free_port); done
cp -- "$HERE/http/nginx/ezdbfile.conf" "$HTTP/ezdbfile.conf"
sed 's/fastcgi_pass ezdbfile_php;/fastcgi_pass accel;/' "$HTTP/ezdbfile.conf" >"$HTTP/ezdbfile-accel.conf"
bench_nginx
for contender in "${CONTENDERS[@]}"; do
  for size in "${SIZES[@]}"; do
    curl --silent --fail --output "$WORK/got" "http://127.0.0.1:${PORTS[$contender]}/var/bench/storage/images/$size.png"
    cmp -- "$WORK/got" "$HTTP/bench/var/bench/storage/images/$size.png"
  done
done

say "requests a second, medians of $ROUNDS rounds of $SECONDS_EACH s with $CONNECTIONS connections; in parentheses: of readfile()"
printf '%10s' bytes
printf '%22s' "${CONTENDERS[@]}"
printf '\n'
for size in "${SIZES[@]}"; do
  declare -A SEEN=()
  for ((round = 0; round < ROUNDS; round++)); do
    for contender in "${CONTENDERS[@]}"; do
      SEEN[$contender]+="$(requests_per_second "$contender" "$size") "
    done
  done
  base=$(tr ' ' '\n' <<<"${SEEN[readfile]% }" | median)
  printf '%10s' "$size"
  for contender in "${CONTENDERS[@]}"; do
    value=$(tr ' ' '\n' <<<"${SEEN[$contender]% }" | median)
    printf '%22s' "$(awk -v v="$value" -v b="$base" 'BEGIN { printf "%.0f (%.2f)", v, v / b }')"
  done
  printf '\n'
done
