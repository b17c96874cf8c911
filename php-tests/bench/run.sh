#!/bin/bash
# The benchmark: the extension on both layouts, a PHP handler in the manner of the old ones, and a bare C
# client as the limit, and the statements of the extension sent in C, in turns on a private server.
#
#   php-tests/bench/run.sh [OPTION...] [PART...]
#
# Parts: operations stampede http instructions; all of them when none is named.
#   --quick          tiny numbers, in a minute: shows that it runs and that the tables are complete, not how fast
#   --only REGEX     of the operations those whose names match, such as '^fetch.* 1 MiB'
#   --sizes N,N,…    other sizes of files, in bytes
#   --rounds N       rounds in which the operations take turns (21, and up to 84 while they do not tell whether a target is met)
#   --budget N       milliseconds that each contender has in a round (50)
#
# Run by root, it keeps the processors from sleeping meanwhile: see machine.sh.
# Commits wait for the disk, unless EZDB_TEST_FLUSH_LOG=0: then small stores show what the clients cost.
#
# A run of everything takes twenty minutes, on a noisy machine fifty. It writes RESULTS.md and throughput.svg beside this script; one of
# instructions alone renews their section, since they hold on any machine; any other run prints the tables only.

set -euo pipefail

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in lib/process lib/packages lib/report lib/extension lib/mariadb http/http bench/machine bench/database bench/operations bench/stampede \
  bench/http bench/instructions bench/picture; do
  # shellcheck source=/dev/null
  source "$HERE/$part.sh"
done

PARTS=() OPTIONS=() QUICK=()
while (($#)); do
  case $1 in
    --quick) QUICK=(--quick) ;;
    --only | --sizes | --rounds | --budget)
      OPTIONS+=("$1=${2:?}")
      shift
      ;;
    operations | stampede | http | instructions) PARTS+=("$1") ;;
    *) die "usage: ${0##*/} [--quick] [--only REGEX] [--sizes N,N,...] [--rounds N] [--budget N] [PART...]" ;;
  esac
  shift
done
WHOLE=$((!${#PARTS[@]} && !${#OPTIONS[@]}))
if ((!${#PARTS[@]})); then PARTS=(operations stampede http instructions); fi

work_directory
RESULTS=$WORK/results
mkdir "$RESULTS"
need_packages "${BASE_PACKAGES[@]}" "${HTTP_PACKAGES[@]}" wrk valgrind gnuplot-nox
if ((!${#QUICK[@]})); then need_space 8000000000 "the benchmark"; fi
if [[ ${EZDB_BENCH_EXTENSION:-} ]]; then
  # Built already, by whoever calls this.
  EXTENSION=$WORK/libezdbfile.so
  install -m 644 -- "$EZDB_BENCH_EXTENSION" "$EXTENSION"
else
  need_cargo
  build_extension || exit
fi
if ((!${#QUICK[@]})); then bench_stay_awake; fi
bench_database
bench_machine >"$RESULTS/machine.md"
bench_processor_time >"$RESULTS/processor-time"
# What a few calls cost cannot be compared: tables and caches still grow.
if [[ -e $HERE/bench/RESULTS.md ]] && ((!${#QUICK[@]})); then cp -- "$HERE/bench/RESULTS.md" "$RESULTS/earlier.md"; fi
for part in "${PARTS[@]}"; do "bench_$part" || die "the part $part failed"; done
bench_stolen "$(<"$RESULTS/processor-time")" >>"$RESULTS/machine.md"
COMPLETE=()
if ((WHOLE)); then COMPLETE=(--complete); fi
run php -n "$HERE/bench/report.php" "$RESULTS" "${COMPLETE[@]}" >"$RESULTS/RESULTS.md"
cat -- "$RESULTS/RESULTS.md"
if ((WHOLE)); then
  bench_picture
  if ((!${#QUICK[@]})); then cp -- "$RESULTS/RESULTS.md" "$RESULTS/throughput.svg" "$HERE/bench"; fi
elif [[ "${PARTS[*]}${OPTIONS[*]}${QUICK[*]}" == instructions ]]; then
  sed '/^## Instructions$/,$d' "$RESULTS/earlier.md" >"$RESULTS/renewed.md"
  sed -n '/^## Instructions$/,$p' "$RESULTS/RESULTS.md" >>"$RESULTS/renewed.md"
  cp -- "$RESULTS/renewed.md" "$HERE/bench/RESULTS.md"
fi
