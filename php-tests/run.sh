#!/bin/bash
# All tests.
#
#   php-tests/run.sh                    everything but asan
#   php-tests/run.sh PART [NAME...]     one part: fmt clippy cargo stubs phpt valgrind fpm http cli demo bench asan
#   php-tests/run.sh phpt store/        … of it what is named: folders or files of
#                                       phpt and valgrind (. is all), checks of fpm, http and cli, test names of cargo and asan
#
# The phpt suite runs on four kinds of tables, or on those of EZDB_TEST_TABLES:
# seed install hash hash-install (see lib/phpt.sh). Serving over HTTP is tested on
# the layout HTTP_LAYOUT: id hash.
#
# EZDB_TEST_SERVER_OPTIONS: more options for the server, such as
# "--log-bin=binlog --binlog-format=STATEMENT --log-bin-trust-function-creators=1".
#
# Installs missing Debian packages when run as root, builds, starts a private
# MariaDB, and takes everything but the build away again at the end. Tests that
# make no statement about durability do not wait for the disk
# (EZDB_TEST_FLUSH_LOG=1 makes them). The last line is "N passed, N failed";
# exit status 0 when something passed and nothing failed.

set -euo pipefail

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
for part in process packages report extension mariadb cargo phpt valgrind; do
  # shellcheck source=/dev/null
  source "$HERE/lib/$part.sh"
done
# shellcheck source=fpm/fpm.sh
source "$HERE/fpm/fpm.sh"
# shellcheck source=http/http.sh
source "$HERE/http/http.sh"
# shellcheck source=cli/cli.sh
source "$HERE/cli/cli.sh"
# shellcheck source=cli/breaks.sh
source "$HERE/cli/breaks.sh"
# shellcheck source=cli/trial.sh
source "$HERE/cli/trial.sh"

PARTS=(fmt clippy cargo stubs phpt valgrind fpm http cli demo bench)
ALL_PARTS=("${PARTS[@]}" asan)
NAMES=()
if (($#)); then
  [[ " ${ALL_PARTS[*]} " == *" $1 "* ]] || die "usage: ${0##*/} [PART [NAME...]], PART one of: ${ALL_PARTS[*]}"
  PARTS=("$1")
  NAMES=("${@:2}")
fi

part_fmt() { check "cargo fmt --check" run "${CARGO[@]}" fmt --check; }

part_clippy() {
  say "cargo clippy"
  check "cargo clippy --all-targets -- -D warnings" run "${CARGO[@]}" clippy --all-targets -- -D warnings
}

part_cargo() { cargo_tests "${NAMES[@]}"; }

part_asan() { asan_tests "${NAMES[@]}"; }

part_stubs() {
  check "stubs/ezdbfile.php is current (made by php-tests/lib/stubs.php)" stubs_are_current
}

stubs_are_current() {
  run php -n -d "extension=$EXTENSION" "$HERE/lib/stubs.php" >"$WORK/stubs.php" || return
  php -n -l "$WORK/stubs.php" && diff -u "$ROOT/stubs/ezdbfile.php" "$WORK/stubs.php"
}

part_phpt() {
  local tables
  for tables in ${EZDB_TEST_TABLES:-seed install hash hash-install}; do
    phpt_suite "$tables" "${NAMES[@]}"
  done
}

# A few tests unless some are named: valgrind makes them twenty times slower.
part_valgrind() { phpt_valgrind "${NAMES[@]}"; }

part_fpm() { fpm_checks "${NAMES[@]}"; }

part_http() { http_checks "${NAMES[@]}"; }

part_cli() { cli_checks "${NAMES[@]}"; }

# The demo is a test too: on its own tree with a smaller video, and on names
# that are hard on anything that takes them for text or for patterns.
part_demo() {
  say "the demo, small"
  check "the demo ends with everything identical" run_demo
  make_hostile_tree "$WORK/hostile"
  check "the demo takes any file name, and skips what is no file" run_demo "$WORK/hostile"
  check "the demo changes nothing in the directory it is given" hostile_tree_is_untouched "$WORK/hostile"
}

# Scripts within this one are less patient, so that they have cleaned up before they are ended by force.
run_demo() { run env "PATH=$CALLERS_PATH" EZDB_TEST_PATIENCE=20 EZDB_DEMO_VIDEO_MB=20 "$HERE/demo.sh" "$@"; }

make_hostile_tree() {
  local name directory=$1/storage/original/text
  mkdir -p "$directory"
  # shellcheck disable=SC2016 # nothing is to be expanded
  for name in 'with space' "quote's" 'double"quote' '100%' '%s_%' 'under_score' '*' '?' '[a]' '$HOME' '`id`' ';' \
    '-rf' $'new\nline' $'tab\t' $'caf\xe9' 'café' 'CAFÉ' $'\xf0\x9f\x98\x80' '0' ' ' '#fragment?query' '..x'; do
    printf 'content of %s' "$name" >"$directory/$name"
  done
  # To what must not be followed: should it be, that alone is at stake.
  mkdir -p "$WORK/behind-links/storage/original"
  printf 'kept' >"$WORK/behind-links/storage/original/file"
  ln -s "$WORK/behind-links/storage/original/file" "$directory/link"
  ln -s "$WORK/behind-links" "$directory/link-to-directory"
  mkfifo "$directory/fifo"
  hostile_tree_state "$1" >"$1.state"
}

hostile_tree_state() { find "$1" -printf '%p %y %s %T@ %l\0' | sort -z | sha256sum; }

hostile_links_are_whole() { [[ $(cat -- "$WORK/behind-links/storage/original/file") == kept ]]; }

hostile_tree_is_untouched() { diff "$1.state" <(hostile_tree_state "$1"); }

# The benchmark is tested too, but not how fast anything is.
part_bench() {
  say "the benchmark, with tiny numbers"
  check "the benchmark's ratios, targets and marks are right" run php -n "$HERE/bench/test.php"
  check "the benchmark runs, and its tables and pictures are complete" run_bench
}

run_bench() { run env "PATH=$CALLERS_PATH" EZDB_TEST_PATIENCE=20 "EZDB_BENCH_EXTENSION=$EXTENSION" "$HERE/bench/run.sh" --quick; }

work_directory
need_packages "${BASE_PACKAGES[@]}" "${HTTP_PACKAGES[@]}" php-gd valgrind wrk gnuplot-nox
need_cargo
need_space 5000000000 "a run of all tests"
mkdir -m 1777 "$WORK/tmp"
build_extension || give_up "cargo build --release"

export EZDB_TEST_FLUSH_LOG=${EZDB_TEST_FLUSH_LOG:-0}
if [[ " ${PARTS[*]} " =~ \ (cargo|asan|phpt|valgrind|fpm|http|cli)\  ]]; then
  mariadb_create
  mariadb_export
fi
for part in "${PARTS[@]}"; do
  cd -- "$ROOT"
  "part_$part"
done
report
