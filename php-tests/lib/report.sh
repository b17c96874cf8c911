# shellcheck shell=bash
# Counts what passed and what failed.

PASSED=0
FAILED=0
SKIPPED=0

# check WHAT COMMAND...: one check, whose output is shown if it fails. Lines of it that start with # are
# figures, which are shown anyway.
check() {
  local what=$1 log=$WORK/check.log status=0
  shift
  # 3: the output of the script, for what ends it.
  "$@" 3>&1 >"$log" 2>&1 || status=$?
  if ((status == 0)); then
    passed "$what"
    sed -n 's/^# /    /p' -- "$log"
  else
    failed "$what" "$log"
  fi
}

passed() {
  PASSED=$((PASSED + 1))
  printf 'ok - %s\n' "$1"
}

# failed WHAT LOG
failed() {
  FAILED=$((FAILED + 1))
  printf 'not ok - %s\n' "$1"
  tail -n 200 -- "$2" | sed 's/^/    | /'
}

# are_checks DIRECTORY NAME...: each is one of its files, with or without ".php"; what is none is a failure.
are_checks() {
  local name directory=$1 status=0
  shift
  for name in "$@"; do
    if [[ ! -e $directory/${name%.php}.php ]]; then
      failed "there is no check $name" /dev/null
      status=1
    fi
  done
  return "$status"
}

# The last line, and the exit status: something ran, and nothing failed.
report() {
  if ((SKIPPED)); then say "$SKIPPED skipped, which count as neither"; fi
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  ((PASSED > 0 && FAILED == 0))
}

# give_up WHAT: it failed, and nothing can go on without it.
give_up() {
  failed "$1" /dev/null
  report || exit
}
