# shellcheck shell=bash
# The phpt suite, through PHP's own run-tests.php.

# phpt_suite TABLES [PATH...]: each test counts. TABLES is "seed" (the seed
# document's own tables), "hash" (those of eZ Publish 4.x), or "install" or
# "hash-install" (those of ezdbfile_install, in either layout).
phpt_suite() {
  local tables=$1 copy=$WORK/phpt-$1 paths=()
  shift
  say "phpt suite on the tables of: $tables"
  # In a copy, because run-tests.php writes its logs and differences beside the tests.
  cp -r -- "$HERE" "$copy"
  cd -- "$copy" || return
  phpt_exist "$@" || return 0
  mapfile -t paths < <(phpt_files "$@")
  # Longer than the minute that run-tests.php allows: the load test can be made to last one.
  phpt_run "$tables" "$copy" "$(command -v php)" --set-timeout 300 "${paths[@]}"
  phpt_count "$tables" "$copy" "${#paths[@]}"
}

# phpt_run TABLES COPY PHP ARGUMENT...: the arguments are options and tests. Leaves COPY/results and
# COPY/log.
phpt_run() {
  local tables=$1 copy=$2 php=$3 line options=()
  shift 3
  while IFS= read -r line; do options+=(-d "$line"); done < <(load_lines mysqlnd mysqli posix pcntl fileinfo)
  options+=(-d "extension=$EXTENSION" -d "ezdbfile.socket=$DB_SOCKET"
    -d "ezdbfile.user=$DB_USER" -d "ezdbfile.password=$DB_PASSWORD")
  run env EZDB_TEST_TABLES="$tables" EZDB_TEST_EXTENSION="$EXTENSION" TMPDIR="$WORK/tmp" NO_INTERACTION=1 \
    TEST_PHP_EXECUTABLE="$php" \
    php -n "$(run_tests_php)" -n -q -j4 --no-color --no-progress --show-diff -W "$copy/results" "${options[@]}" "$@" \
    >"$copy/log" 2>&1 || true
}

# phpt_exist [PATH...]: there are tests at each; where there is none, that is a failure.
phpt_exist() {
  local path status=0
  for path in "$@"; do
    if [[ -z $(phpt_files "$path") ]]; then
      failed "there are no phpt files at $path" /dev/null
      status=1
    fi
  done
  return "$status"
}

# All tests, or those in the folders and files named.
phpt_files() {
  local path
  (($#)) || set -- .
  for path in "$@"; do
    path=${path#php-tests/}
    if [[ -e $path ]]; then find "$path" -name '*.phpt' | sed 's,^\./,,'; fi
  done | sort -u
}

phpt_count() {
  local tables=$1 copy=$2 expected=$3 good bad skipped
  touch "$copy/results"
  good=$(grep -c $'^PASSED\t' "$copy/results" || true)
  skipped=$(grep -cE $'^(SKIPPED|XFAILED)\t' "$copy/results" || true)
  bad=$(($(wc -l <"$copy/results") - good - skipped))
  PASSED=$((PASSED + good))
  FAILED=$((FAILED + bad))
  SKIPPED=$((SKIPPED + skipped))
  say "phpt on $tables: $good passed, $bad failed, $skipped skipped"
  grep -aE '^(SKIP|XFAIL) ' "$copy/log" || true
  if ((good + bad + skipped < expected)); then
    failed "run-tests.php did not get to its end" "$copy/log"
  elif ((bad)); then
    # Without the head, the foot, and what passed.
    sed '1,/^Running selected tests/d; /^Number of tests/,$d; /^\(PASS\|SKIP\|XFAIL\) /d' "$copy/log"
  fi
}
