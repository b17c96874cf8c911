# shellcheck shell=bash
# Ctrl-C and SIGKILL in the middle of the program's work.
#
# EZDB_TRIAL_KILLS: how many migrations are killed after a random time, beside those that are killed at
# certain points.

cli_more_rows_than() { (($(cli_rows) > $1)); }

cli_test_interrupted() {
  local site=$CLI/$CLI_LAYOUT-many/site files=5000 rows status=0 number json
  mkdir -p "$site/var/storage/original/many"
  for ((number = 0; number < files; number++)); do
    printf '%*s' "$number" x >"$site/var/storage/original/many/$number"
  done
  find "$site" -type f -exec touch -d @1500000000 {} +
  rows=$(cli_rows)
  EZDBFILE_SOCKET=$DB_SOCKET EZDBFILE_USER=$DB_USER EZDBFILE_PASSWORD_FILE=$CLI/password EZDBFILE_DATABASE=$CLI_DATABASE \
    start_process "$CLI/interrupted" "$PROGRAM" import "$site/var" --jobs 2
  wait_until 60 cli_more_rows_than "$rows" || return
  # Stopped first, so that it is sure to be in the middle when the signal comes.
  kill -STOP "$STARTED_PID" || return
  kill -INT "$STARTED_PID" && kill -CONT "$STARTED_PID" || return
  wait "$STARTED_PID" || status=$?
  forget_process "$STARTED_PID"
  cat "$CLI/interrupted"
  same "exit status" 130 "$status" || return
  cli_more_rows_than "$rows" && ! cli_more_rows_than $((rows + files - 1)) || return
  says 'nothing is wrong' cli check --deep || return
  json=$(cli import "$site/var" --json) || return
  same "files in all" "$files" "$(($(member stored <<<"$json") + $(member present <<<"$json")))" || return
  rm -rf -- "$CLI/out"
  cli export "$CLI/out" --prefix var/storage/original/many/ && same "the tree" "$(cli_state "$site")" "$(cli_state "$CLI/out")"
}

# cli_begin LOG ARGUMENTS...: the program in the background.
cli_begin() {
  local log=$1
  shift
  [[ ! -e $log ]] || cat -- "$log" >>"$CLI/transcript"
  : >"$log"
  EZDBFILE_SOCKET=$DB_SOCKET EZDBFILE_USER=$DB_USER EZDBFILE_PASSWORD_FILE=$CLI/password EZDBFILE_DATABASE=$CLI_DATABASE \
    start_process "$log" "$PROGRAM" "$@"
  CLI_PID=$STARTED_PID
}

# Sets CLI_STATUS.
cli_ended() {
  CLI_STATUS=0
  wait "$CLI_PID" 2>/dev/null || CLI_STATUS=$?
  forget_process "$CLI_PID"
}

cli_admin() {
  MYSQL_PWD=$DB_ADMIN_PASSWORD mariadb --no-defaults --socket="$DB_SOCKET" --user="$DB_ADMIN" \
    --batch --skip-column-names --execute="$1" "$CLI_DATABASE"
}

# cli_hold STATEMENT: in a transaction that lasts until cli_let_go.
cli_hold() {
  exec {CLI_HELD}> >(MYSQL_PWD=$DB_ADMIN_PASSWORD exec mariadb --no-defaults --socket="$DB_SOCKET" --user="$DB_ADMIN" \
    --unbuffered --batch --skip-column-names "$CLI_DATABASE" >"$CLI/held")
  : >"$CLI/held"
  printf 'START TRANSACTION; %s; SELECT "held";\n' "$1" >&"$CLI_HELD"
  wait_until 60 grep -q held "$CLI/held"
}

cli_let_go() { exec {CLI_HELD}>&-; }

cli_waits_for_a_row() {
  (($(cli_admin "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'") > 0))
}

# cli_interrupt_at LOCKING_STATEMENT ARGUMENTS...: Ctrl-C while the program waits for that row.
cli_interrupt_at() {
  local locking=$1
  shift
  cli_hold "$locking" || return
  cli_begin "$CLI/interrupted" "$@"
  wait_until 60 cli_waits_for_a_row && kill -INT "$CLI_PID"
  cli_let_go
  cli_ended
  cat "$CLI/interrupted"
  same "exit status of $1" 130 "$CLI_STATUS"
}

cli_more_files_than() { (($(find "$1" -type f 2>/dev/null | wc -l) > $2)); }

cli_new_rows() { mariadb_sql 'SELECT COUNT(*) FROM ezdbfile_new' "$CLI_DATABASE" 2>/dev/null || echo 0; }

cli_more_new_rows_than() { (($(cli_new_rows) > $1)); }

cli_number() { mariadb_sql "SELECT COUNT(*) FROM $1" "$CLI_DATABASE"; }

# Of the files that cli_test_interrupted brought.
cli_test_interrupted_work() {
  local site=$CLI/$CLI_LAYOUT-many/site many=var/storage/original/many other='hash' before number lost middle tries
  [[ $CLI_LAYOUT == hash ]] && other='id'
  [[ -d $site ]] || cli_test_interrupted || return

  rm -rf -- "$CLI/out"
  cli_begin "$CLI/interrupted" export "$CLI/out" --prefix "$many/"
  wait_until 60 cli_more_files_than "$CLI/out" 20 && kill -STOP "$CLI_PID" && kill -INT "$CLI_PID" && kill -CONT "$CLI_PID" || return
  cli_ended
  same "exit status of an export" 130 "$CLI_STATUS" || return
  ! cli_more_files_than "$CLI/out" 4999 || return
  same "what is there and is not whole, or not of the site" '' "$(LC_ALL=C diff -rq -- "$CLI/out" "$site" 2>&1 | grep -v "^Only in $site")" || return
  cli export "$CLI/out" --prefix "$many/" && same "the tree" "$(cli_state "$site")" "$(cli_state "$CLI/out")" || return

  before=$(cli ls --all --json "$many/" | sort | sha256sum)
  if [[ $CLI_LAYOUT == id ]]; then
    lost='masterid >= 900000000'
    middle='masterid = 900000150'
    mariadb_sql "INSERT INTO ezdbfile_data (masterid, filedata) SELECT 900000000 + seq, 'lost' FROM seq_1_to_300" "$CLI_DATABASE" || return
  else
    lost="name_hash >= 'z'"
    middle="name_hash = 'z000000150'"
    mariadb_sql "SET foreign_key_checks = 0; INSERT INTO ezdbfile_data (name_hash, \`offset\`, filedata)
      SELECT CONCAT('z', LPAD(seq, 9, '0')), 0, 'lost' FROM seq_1_to_300" "$CLI_DATABASE" || return
  fi
  cli_interrupt_at "SELECT 1 FROM ezdbfile_data WHERE $middle FOR UPDATE" check --repair || return
  number=$(cli_number "ezdbfile_data WHERE $lost")
  ((number > 0 && number < 300)) || return
  says "$number found, $number repaired" status_is 0 cli check --repair || return
  same "lost rows" 0 "$(cli_number "ezdbfile_data WHERE $lost")" || return
  same "the files" "$before" "$(cli ls --all --json "$many/" | sort | sha256sum)" || return

  cli rm -r "$many" || return
  cli_interrupt_at "SELECT 1 FROM ezdbfile WHERE name = '$many/2500' FOR UPDATE" purge --older-than 1s || return
  number=$(cli_number "ezdbfile WHERE name LIKE '$many/%'")
  ((number > 0 && number < 5000)) || return
  says 'nothing is wrong' cli check --deep || return
  same "the rest of them" "$number" "$(cli purge --older-than 1s --json | member files)" || return
  same "expired files" 0 "$(cli_number "ezdbfile WHERE mtime < 0")" || return

  cli import "$site/var" || return
  before=$(cli ls --all --json | sort | sha256sum)
  # It may be at its end before it is met in the middle.
  for tries in 1 2 3 4 5; do
    cli_begin "$CLI/interrupted" migrate --to "$other"
    wait_until 60 cli_more_new_rows_than 0 || return
    kill -STOP "$CLI_PID" && kill -INT "$CLI_PID" && kill -CONT "$CLI_PID"
    cli_ended
    ((CLI_STATUS)) && break
    mariadb_sql 'DROP TABLE ezdbfile_data_old, ezdbfile_old' "$CLI_DATABASE"
    cli migrate --to "$CLI_LAYOUT" --drop-old || return
  done
  same "exit status of a migration, try $tries" 130 "$CLI_STATUS" || return
  same layout "\"$CLI_LAYOUT\"" "$(cli status --json | member layout)" || return
  same "the files" "$before" "$(cli ls --all --json | sort | sha256sum)" || return
  cli migrate --to "$other" --drop-old && cli migrate --to "$CLI_LAYOUT" --drop-old || return
  same "the files" "$before" "$(cli ls --all --json | sort | sha256sum)" && says 'nothing is wrong' cli check --deep
}

cli_renaming() {
  (($(cli_admin "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '$CLI_DATABASE' AND INFO LIKE 'RENAME TABLE%'") > 0))
}

# Kills it, unless it has come to its end; then the next migration is the way back. Sets CLI_STATUS.
cli_kill() {
  kill -KILL "$CLI_PID" 2>/dev/null
  cli_back_at_end
}

cli_back_at_end() {
  cli_ended
  case $CLI_STATUS in
    137) ;;
    0)
      ! cli_number ezdbfile_old 2>/dev/null || return # it was to be dropped
      if [[ $CLI_TARGET == hash ]]; then CLI_TARGET='id'; else CLI_TARGET='hash'; fi
      ;;
    *)
      cat -- "$CLI/killed"
      return 1
      ;;
  esac
}

# COMMAND... is true, or the program has ended.
cli_ended_or() { ! kill -0 "$CLI_PID" 2>/dev/null || "$@"; }

cli_watched() {
  (($(mariadb_sql "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '$CLI_DATABASE'") == 6))
}

cli_test_killed() {
  local site=$CLI/$CLI_LAYOUT-many/site status=0 role pids=()
  [[ -d $site ]] || cli_test_interrupted || return
  cli import "$site/var" || return
  TRIAL=$CLI/killed-$CLI_LAYOUT
  mkdir -p "$TRIAL/beside"
  for role in writer reader; do
    trial_beside "$role" var/storage/live "$site"
    pids+=("$STARTED_PID")
    wait_until 60 trial_rounds "$role" 1 || status=1
  done
  ((status)) || cli_kills || status=$?
  ((status)) || trial_some_more || status=$?
  : >"$TRIAL/beside/stop"
  for role in "${pids[@]}"; do
    wait "$role" || status=$?
    forget_process "$role"
  done
  cat -- "$TRIAL"/beside/*.log
  printf '# %s: %s rounds of the writer, %s of the reader\n' "$CLI_LAYOUT" "$(cat "$TRIAL/beside/writer")" "$(cat "$TRIAL/beside/reader")" >&2
  ((status == 0)) || return
  says 'nothing is wrong' cli check --deep || return
  rm -rf -- "$CLI/out"
  cli export "$CLI/out" --prefix var/storage/original/many/ && same "the tree" "$(cli_state "$site")" "$(cli_state "$CLI/out")" || return
  cli rm -r --purge var/storage/live var/storage/original/many
}

# Beside a writer and a reader, who must not notice. Ends in the layout that it began in.
cli_kills() {
  local point layout tries kills=${EZDB_TRIAL_KILLS:-10} count=0 ended=0
  CLI_TARGET='hash'
  [[ $CLI_LAYOUT == hash ]] && CLI_TARGET='id'
  for point in 0 1500 3000; do
    cli_begin "$CLI/killed" migrate --to "$CLI_TARGET" --drop-old
    wait_until 60 cli_ended_or cli_more_new_rows_than "$point" || return
    cli_kill && trial_some_more || return
  done
  # In the exchange, which waits for whoever reads. It may be over before there is one.
  for tries in 1 2 3 4 5; do
    layout=$(cli status --json | member layout)
    cli_begin "$CLI/killed" migrate --to "$CLI_TARGET" --drop-old
    wait_until 60 cli_ended_or cli_watched && cli_hold 'SELECT COUNT(*) FROM ezdbfile' &&
      wait_until 60 cli_ended_or cli_renaming || return
    cli_kill || return
    cli_let_go
    ((CLI_STATUS)) && break
  done
  same "exit status of the one killed in the exchange, try $tries" 137 "$CLI_STATUS" && trial_some_more || return
  same "layout" "$layout" "$(cli status --json | member layout)" || return
  # At any time, mostly about the exchange: the files are copied already.
  while ((count < kills || ended < 2)) || [[ $(cli status --json | member layout) != "\"$CLI_LAYOUT\"" ]]; do
    cli_begin "$CLI/killed" migrate --to "$CLI_TARGET" --drop-old
    if ((count++ < kills)); then
      sleep "0.$(printf '%03d' $((RANDOM % 400)))" # whenever it is, the rest must hold
      cli_kill || return
    else
      cli_back_at_end || return
    fi
    ended=$((ended + (CLI_STATUS == 0)))
    ((count % 10)) || trial_some_more || return
  done
  printf '# %s: %d killed at random, %d came to an end\n' "$CLI_LAYOUT" "$kills" "$ended" >&2
}
