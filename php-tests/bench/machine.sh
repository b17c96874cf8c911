# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# The machine: awake, and what it is.

# The descriptor that keeps it awake; none where it may sleep.
BENCH_AWAKE=

# Keeps processors from sleeping for as long as this script and what it starts run, where it may. A virtual one takes
# some 50 us to be woken, more than a look-up, and whether it sleeps depends on where the scheduler puts two processes.
# (Linux: "PM Quality of Service Interface", Documentation/power/pm_qos_interface.rst: what is asked for is over when
# the file is closed.)
bench_stay_awake() {
  [[ -c /dev/cpu_dma_latency ]] || return 0
  # Containers may have the device and not let it be opened.
  { exec {BENCH_AWAKE}>/dev/cpu_dma_latency; } 2>/dev/null || BENCH_AWAKE=
  # A number of 32 bits: microseconds.
  [[ ! $BENCH_AWAKE ]] || printf '\0\0\0\0' >&"$BENCH_AWAKE"
}

bench_durability() {
  if [[ $EZDB_TEST_FLUSH_LOG == 1 ]]; then printf 'commits are durable'; else printf 'commits are not durable'; fi
  printf ' (`innodb_flush_log_at_trx_commit=%s`); writing 4 KiB to the disk and waiting for it takes ' "$EZDB_TEST_FLUSH_LOG"
  # shellcheck disable=SC2016 # the dollars are PHP's
  php -n -r '
    $file = fopen($argv[1], "w");
    for ($i = 0; $i < 50; $i++) {
        fwrite($file, str_repeat("x", 4096));
        $start = hrtime(true);
        fsync($file);
        $times[] = (hrtime(true) - $start) / 1e6;
    }
    sort($times);
    printf("%.2f ms", $times[25]);' "$WORK/fsync"
}

bench_sleep() {
  if [[ $BENCH_AWAKE ]]; then
    printf 'processors are kept from sleeping (`/dev/cpu_dma_latency`)'
  else
    printf 'processors sleep when there is nothing to do, which makes round trips longer at times'
  fi
}

# What the processors did since they were started, as two numbers: time that others took of a virtual machine that
# had something to do, and all but idle time (proc(5): /proc/stat).
bench_processor_time() {
  awk '$1 == "cpu" { print $9, $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat
}

# How much of a run is the machine's own, as Markdown.
bench_stolen() { # PROCESSOR-TIME-BEFORE
  printf '%s %s\n' "$1" "$(bench_processor_time)" | awk '{ busy = $4 - $2
    printf "- of the time of the run in which it had something to do, other guests of its host took %.1f %%\n", busy ? 100 * ($3 - $1) / busy : 0 }'
}

# The machine, as Markdown: what the figures depend on.
bench_machine() {
  cat <<END
How fast
========

Measured by \`php-tests/bench/run.sh\` on $(date -u +%Y-%m-%d).

- $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores for the server, PHP and the load together
- $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB of memory, $(uname -sr)
- $(bench_sleep)
- load average before: $(cut -d ' ' -f 1-3 /proc/loadavg)
- PHP $(php -n -r 'echo PHP_VERSION;'), MariaDB $(mariadbd --version | sed -n 's/.*Ver \([0-9.]*\).*/\1/p'), libmariadb $(mariadb_config --version), unix socket
- $(bench_durability)
- buffer pool ${DB_BUFFER_POOL:-64M}, no binary log
- the old handler is \`OldHandler.php\`, on the tables of eZ Publish 4.7; the limit is the client of \`limit/\`, in the way that is named
  beside its time, on the tables of the extension
END
}
