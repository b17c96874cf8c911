# shellcheck shell=bash
# Instructions that PHP's process executes for one call of the most frequent operations: the same on a busy
# machine and on a quiet one, or nearly. By the processor's counter where it can be had (perf), else by
# callgrind, which executes them one by one.

bench_instructions() {
  local layout operation calls=300 how operations ini few many
  if ((${#QUICK[@]})); then calls=20; fi
  how=callgrind
  if instructions_of_perf true >/dev/null; then how=perf; fi
  say "instructions, by $how"
  for layout in id hash; do
    mkdir "$WORK/counted-$layout"
    cd -- "$WORK/counted-$layout" || return
    ini=$WORK/counted-$layout.ini
    write_ini "$ini" "ezdb_bench_$layout"
    mapfile -t operations < <(php_with "$ini" "$HERE/bench/instructions.php" prepare)
    # Valgrind takes seconds to start.
    if ((${#QUICK[@]})) && [[ $how == callgrind ]]; then operations=("${operations[0]}"); fi
    for operation in "${operations[@]}"; do
      few=$("instructions_of_$how" php -c "$ini" "$HERE/bench/instructions.php" "$operation" "$calls") &&
        many=$("instructions_of_$how" php -c "$ini" "$HERE/bench/instructions.php" "$operation" $((2 * calls))) || return
      printf '{"operation":"%s","layout":"%s","instructions":%s,"how":"%s"}\n' \
        "$operation" "$layout" $(((many - few) / calls)) "$how" >>"$RESULTS/instructions.jsonl"
    done
  done
  cd -- "$ROOT" || return
}

instructions_of_perf() { # COMMAND...
  PHP_INI_SCAN_DIR='' perf stat -x , -e instructions:u -o "$WORK/perf" "$@" >/dev/null 2>&1 || return
  awk -F , '$1 ~ /^[0-9]+$/ { print $1; found = 1 } END { exit !found }' "$WORK/perf"
}

instructions_of_callgrind() { # COMMAND...
  PHP_INI_SCAN_DIR='' run valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" >"$WORK/callgrind" 2>&1 || {
    tail -n 20 -- "$WORK/callgrind" >&2
    return 1
  }
  awk '/Collected :/ { print $NF; found = 1 } END { exit !found }' "$WORK/callgrind"
}
