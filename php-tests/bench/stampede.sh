# shellcheck shell=bash
# How long after the generator do the processes return that waited for it?

bench_stampede() {
  local processes=32 rounds=15 name
  if ((${#QUICK[@]})); then processes=4 rounds=1; fi
  mkdir "$WORK/stampede"
  for name in id hash; do
    say "stampede, layout $name"
    TMPDIR=$WORK/stampede php_with "$WORK/$name.ini" "$HERE/bench/stampede.php" eZDBFileHandler "$processes" "$rounds" 50 "$RESULTS/stampede.jsonl" "$name" || return
  done
  # Whole seconds each round: a few are enough.
  say "stampede, old handler"
  TMPDIR=$WORK/stampede BENCH_DATABASE=ezdb_bench_old php_with "$WORK/id.ini" "$HERE/bench/stampede.php" OldHandler "$processes" $(((rounds + 4) / 5)) 50 "$RESULTS/stampede.jsonl" "old handler"
}
