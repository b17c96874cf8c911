# shellcheck shell=bash
# The picture of the throughput, drawn by gnuplot.

bench_picture() {
  run php -n "$HERE/bench/throughput.php" "$RESULTS" >/dev/null || return
  (cd -- "$RESULTS" && run_quietly "gnuplot" "$WORK/gnuplot.log" gnuplot "$HERE/bench/throughput.gnuplot")
}
