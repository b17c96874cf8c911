# shellcheck shell=bash
# The tests that are written in Rust.

# cargo_tests [NAME]: each test counts.
cargo_tests() {
  local log=$WORK/cargo-test.log status=0 good bad
  say "cargo test (builds once more, in debug)"
  cd -- "$ROOT" || return
  run env TMPDIR="$WORK/tmp" "${CARGO[@]}" test --no-fail-fast -- "$@" >"$log" 2>&1 || status=$?
  read -r good bad < <(awk '/^test result:/ { good += $4; bad += $6 } END { print good + 0, bad + 0 }' "$log")
  PASSED=$((PASSED + good))
  FAILED=$((FAILED + bad))
  say "cargo test: $good passed, $bad failed"
  grep '^SKIPPED ' "$log" || true
  if ((good + bad == 0 || (status && bad == 0))); then
    # It did not build, or a test took the whole process down, or there is none.
    failed "cargo test (status $status)" "$log"
  elif ((bad)); then
    grep -E '^test .* FAILED$' "$log" || true
    sed -n '/^failures:$/,$p' "$log" | head -n 400
  fi
}
