# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# A private working directory and the processes of one run. Whatever ends the
# script (success, failure, Ctrl-C, a kill), both are gone afterwards.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
CALLERS_PATH=$PATH
PATH=$PATH:/usr/sbin:/sbin # mariadbd and php-fpm are there, which not every user looks into
unset CDPATH # which makes cd print, and go elsewhere
WORK=
STARTED=()
declare -A PATIENCE=()
BESIDE=()

say() { printf -- '-- %s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Makes $WORK. It is open for passing through (not for listing), because the
# database server and the workers of php-fpm run as other users.
work_directory() {
  local base=${TMPDIR:-/tmp}
  base=$(cd -- "$base" && pwd -P) || die "TMPDIR=$base is no directory"
  # Sockets are made below, and their addresses hold 107 bytes.
  ((${#base} < 70)) || die "the path of TMPDIR is too long for sockets: $base"
  # Nor do the configuration files of the web servers take everything.
  [[ $base != *[\"\$[:space:]]* ]] || die "TMPDIR must not have quotes, dollar signs or blanks in its path: $base"
  WORK=$(mktemp -d "$base/ezdbfile.XXXXXXXX")
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  chmod 711 "$WORK"
}

# directory_beside BASE: another one, which is removed with it; sets DIRECTORY.
directory_beside() {
  DIRECTORY=$(mktemp -d "$1/ezdbfile.XXXXXXXX") || return
  BESIDE+=("$DIRECTORY")
  chmod 711 "$DIRECTORY"
}

# clean_up [STATUS]
clean_up() {
  local status=${1:-$?} i
  trap '' HUP INT TERM # a second Ctrl-C must not leave half of it behind
  # Nothing of theirs is kept, and mariadbd may hang when told to end while it starts. What runs in the foreground may
  # be a script that has to clean up itself.
  for ((i = ${#STARTED[@]} - 1; i >= 0; i--)); do stop_process "${STARTED[i]}" "${PATIENCE[${STARTED[i]}]:-5}"; done
  unmount_below "$WORK"
  chmod -R u+rwX -- "$WORK" "${BESIDE[@]}" 2>/dev/null || true
  rm -rf -- "$WORK" "${BESIDE[@]}" || ((status)) || status=1
  exit "$status"
}

# unmount_below DIRECTORY: the small file systems of tests that were cut off.
unmount_below() {
  local mount
  while IFS= read -r mount; do
    [[ $mount != "$1"/* ]] || umount -l -- "$mount" || true
  done < <(findmnt --raw --noheadings --output TARGET 2>/dev/null | sort -r)
}

# start_process LOG COMMAND...: in the background; sets STARTED_PID.
# Every process gets a session of its own, so that Ctrl-C in the terminal does
# not reach it before clean_up does, and its children can be ended with it.
start_process() {
  local log=$1
  shift
  setsid -- "$@" </dev/null >>"$log" 2>&1 &
  STARTED_PID=$!
  STARTED+=("$STARTED_PID")
}

# run COMMAND...: in the foreground. The script only waits, and so hears
# signals at once, where it would otherwise sit them out until the end.
run() {
  local status=0 pid
  setsid -- "$@" </dev/null &
  pid=$!
  STARTED+=("$pid")
  PATIENCE[$pid]=${EZDB_TEST_PATIENCE:-90}
  wait "$pid" || status=$?
  kill -KILL -- "-$pid" 2>/dev/null || true # what it left running
  forget_process "$pid"
  return "$status"
}

# run_quietly WHAT LOG COMMAND...: shows the end of the output if it fails.
run_quietly() { quietly "$1" "$2" run "${@:3}"; }

# quietly WHAT LOG COMMAND...: the same for a function, or for what is not to be run by run.
quietly() {
  local what=$1 log=$2 status=0
  shift 2
  "$@" >"$log" 2>&1 || status=$?
  if ((status)); then
    say "$what failed (status $status); the end of its output:"
    tail -n "${LOG_LINES:-60}" -- "$log"
  fi
  return "$status"
}

is_running() { kill -0 "$1" 2>/dev/null; }

# stop_process PID [PATIENCE]: ends a process that this script started, with
# everything it started itself; with force after so many seconds.
stop_process() {
  local pid=$1 patience=${2:-60}
  if is_running "$pid"; then
    kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
    wait_until "$patience" stopped "$pid" || kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  kill -KILL -- "-$pid" 2>/dev/null || true
  forget_process "$pid"
}

stopped() { ! is_running "$1"; }

forget_process() {
  local pid kept=()
  unset "PATIENCE[$1]"
  for pid in "${STARTED[@]}"; do [[ $pid == "$1" ]] || kept+=("$pid"); done
  STARTED=("${kept[@]}")
}

# wait_until SECONDS COMMAND...: asks ten times a second.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

# A port that nobody listens on at this moment. Whoever uses it must be ready
# to find it taken, and ask for another.
free_port() {
  # shellcheck disable=SC2016 # the dollar is PHP's
  php -n -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo preg_replace("/.*:/", "", stream_socket_get_name($s, false));'
}

# need_space BYTES FOR
need_space() {
  local free
  free=$(df --output=avail -B1 -- "$WORK" | tail -n 1)
  ((free >= $1)) || die "$2 needs $(($1 / 1000000)) MB, but ${WORK%/*} has $((free / 1000000)) MB free; set TMPDIR to a directory with more"
}
