# shellcheck shell=bash
# The tests that are written in Rust.

# cargo_tests [NAME...]: each test counts.
cargo_tests() {
  say "cargo test (builds once more, in debug)"
  cd -- "$ROOT" || return
  cargo_test --no-fail-fast -- "$@"
}

# The same with AddressSanitizer, which ends the process at the first bad access, and looks for lost memory
# at the end. It stands in stable toolchains too, but its option has not been declared stable. Built for a
# named target, so that build scripts and macros are left as they are; in a directory that goes away, as it
# shares nothing with the other builds.
asan_tests() {
  local host
  say "cargo test with AddressSanitizer (builds everything anew)"
  cd -- "$ROOT" || return
  host=$("${CARGO[@]}" -vV | sed -n 's/^host: //p')
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR=$WORK/asan \
    ASAN_OPTIONS=detect_leaks=1 cargo_test --lib --target "$host" -- "$@"
}

# cargo_test ARGUMENT...: of cargo test.
cargo_test() {
  local log=$WORK/cargo-test.log status=0 good bad skipped
  run env TMPDIR="$WORK/tmp" "${CARGO[@]}" test "$@" >"$log" 2>&1 || status=$?
  read -r good bad < <(awk '/^test result:/ { good += $4; bad += $6 } END { print good + 0, bad + 0 }' "$log")
  # Tests that could not do what they are for say so, and pass for the harness.
  skipped=$(grep -o 'SKIPPED .*' "$log" | sort -u | wc -l || true)
  good=$((good - skipped))
  PASSED=$((PASSED + good))
  FAILED=$((FAILED + bad))
  SKIPPED=$((SKIPPED + skipped))
  say "cargo test: $good passed, $bad failed, $skipped skipped"
  grep -o 'SKIPPED .*' "$log" | sort -u || true
  if ((good + bad + skipped == 0 || (status && bad == 0))); then
    # It did not build, or a test took the whole process down, or there is none.
    failed "cargo test (status $status)" "$log"
  elif ((bad)); then
    grep -E '^test .* FAILED$' "$log" || true
    sed -n '/^failures:$/,$p' "$log" | head -n 400
  fi
}
