# shellcheck shell=bash
# The phpt tests under valgrind: no error, and nothing definitely lost.

# What runs when nothing is named: one test or two of each kind of work, in a minute or so.
VALGRIND_SELECTION=(cache/callbacks-that-throw.phpt claims/claim-and-end.phpt copy-move/copy.phpt
  delete/wildcard.phpt errors/wrong-types.phpt ezdbfile/store-and-read.phpt fetch/damaged-files-are-refused.phpt
  output/ranges.phpt purge/callback-that-throws-or-works.phpt store/replaces-everything-and-makes-live-again.phpt)

# phpt_valgrind [PATH...]: each test counts; those of valgrind/excluded do not run. EZDB_TEST_TABLES
# names one kind of tables, seed when it is not set.
phpt_valgrind() {
  local tables=${EZDB_TEST_TABLES:-seed} copy=$WORK/phpt-valgrind paths=()
  say "phpt under valgrind, on the tables of: $tables"
  (($#)) || set -- "${VALGRIND_SELECTION[@]}"
  cp -r -- "$HERE" "$copy"
  cd -- "$copy" || return
  phpt_exist "$@" || return 0
  mapfile -t paths < <(phpt_files "$@" | valgrind_without_excluded)
  ((${#paths[@]})) || return 0
  mkdir -m 777 "$WORK/valgrind"
  EZDB_TEST_SLOWNESS=20 EZDB_VALGRIND_PHP=$(command -v php) EZDB_VALGRIND_LOGS=$WORK/valgrind EZDB_VALGRIND_ROOT=$copy \
    phpt_run "$tables" "$copy" "$copy/valgrind/php" --set-timeout 900 "${paths[@]}"
  valgrind_count "$copy" "${paths[@]}"
}

# Passes the paths on that are not excluded, and tells of the others.
valgrind_without_excluded() {
  local path reason
  while IFS= read -r path; do
    if reason=$(grep -F "$path " valgrind/excluded); then
      say "not under valgrind: $(tr -s ' ' <<<"$reason")" >&2
    else
      printf '%s\n' "$path"
    fi
  done
}

# A line for each folder; then what was found, and what did not end as it does without valgrind.
valgrind_count() {
  local copy=$1 path folder status found=0
  local -A tests=() failures=()
  shift
  touch "$copy/results"
  for path in "$@"; do
    folder=${path%/*}
    status=0
    valgrind_test "$copy" "$path" || status=$?
    ((status == 2)) && continue
    tests[$folder]=$((${tests[$folder]:-0} + 1))
    failures[$folder]=$((${failures[$folder]:-0} + status))
  done
  while IFS= read -r folder; do
    found=${failures[$folder]:-0}
    say "valgrind: $folder: $((${tests[$folder]} - found)) passed, $found failed"
  done < <(printf '%s\n' "${!tests[@]}" | sort)
}

# valgrind_test COPY PATH: whether it passed, without a report of any of its processes; status 2 when it was skipped.
valgrind_test() {
  local name=${2%.phpt} reports=()
  if grep -qE "^SKIPPED"$'\t'"(.*/)?${2//./\\.}\$" "$1/results"; then
    SKIPPED=$((SKIPPED + 1))
    return 2
  fi
  mapfile -t reports < <(find "$WORK/valgrind" -name "${name//\//,}.*" -size +0)
  if ((${#reports[@]})); then
    cat -- "${reports[@]}" >"$WORK/valgrind.log"
    failed "valgrind: memory: $2" "$WORK/valgrind.log"
  elif [[ -z $(find "$WORK/valgrind" -name "${name//\//,}.*" -print -quit) ]]; then
    failed "valgrind: did not run: $2" "$1/log"
  elif grep -qE "^PASSED"$'\t'"(.*/)?${2//./\\.}\$" "$1/results"; then
    PASSED=$((PASSED + 1))
    return
  else
    cat -- "$1/$name.diff" >"$WORK/valgrind.log" 2>/dev/null || cp -- "$1/log" "$WORK/valgrind.log"
    failed "valgrind: result: $2" "$WORK/valgrind.log"
  fi
  return 1
}
