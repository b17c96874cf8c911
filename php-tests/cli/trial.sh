# shellcheck shell=bash
# What an operator does in the life of a site: import, check, damage of ten kinds, repair, migration to the
# other layout beside the running site, export. In the end everything is as it was.
#
# EZDB_TRIAL_FILES and EZDB_TRIAL_BYTES: the size of the site (20000 and 2000000000 for the full size).

cli_test_trial() {
  local files=${EZDB_TRIAL_FILES:-400} bytes=${EZDB_TRIAL_BYTES:-12000000}
  TRIAL=$CLI/trial-$CLI_LAYOUT
  CLI_SITE=$TRIAL/site
  CLI_DATABASE=ezdb_trial_$CLI_LAYOUT
  TRIAL_OTHER=id
  [[ $CLI_LAYOUT == id ]] && TRIAL_OTHER='hash'
  mkdir -p "$TRIAL/beside"
  php -n "$HERE/cli/tree.php" "$CLI_SITE/var/demo" "$files" "$bytes" || return
  make_hostile_tree "$CLI_SITE/var/demo"
  find "$CLI_SITE/var/demo/storage/original/text" -type f -exec touch -d @1500000000 {} +
  mariadb_sql "CREATE DATABASE $CLI_DATABASE" && cli install --layout "$CLI_LAYOUT" || return
  local status=0
  trial_steps || status=$?
  : >"$TRIAL/beside/stop"
  rm -rf -- "$CLI/out" "$TRIAL"
  mariadb_sql "DROP DATABASE $CLI_DATABASE"
  return "$status"
}

trial_steps() {
  timed "import" cli import "$CLI_SITE/var" --json || return
  timed "check --deep" says 'nothing is wrong' cli check --deep || return
  trial_damage || return
  trial_migrate || return
  rm -rf -- "$CLI/out"
  timed "export" cli export "$CLI/out" --prefix var/demo/ || return
  rm -f -- "$CLI/out"/var/demo/storage/live/*
  same "the exported tree" "$(cli_state "$CLI_SITE")" "$(cli_state "$CLI/out")"
}

# timed WHAT COMMAND...: the time is one of the figures that are shown.
timed() {
  local what=$1 begun=$EPOCHREALTIME status=0
  shift
  "$@" || status=$?
  awk -v a="$begun" -v b="$EPOCHREALTIME" -v what="$CLI_LAYOUT: $what" 'BEGIN { printf "# %s: %.1f s\n", what, b - a }' >&2
  return "$status"
}

trial_sum() {
  mariadb_sql "SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS(',', $1))), 0) FROM ezdbfile;
    SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS(',', $2, LENGTH(filedata)))), 0) FROM ezdbfile_data" "$CLI_DATABASE"
}

trial_state() {
  if [[ $CLI_LAYOUT == id ]]; then
    trial_sum 'id, name, name_hash, scope, size, mtime' 'id, masterid'
  else
    # shellcheck disable=SC2016 # nothing is to be expanded
    trial_sum 'name, name_trunk, name_hash, scope, size, mtime, expired' 'name_hash, `offset`'
  fi
}

# trial_id NAME: the id of a file, in SQL.
trial_id() { printf "(SELECT id FROM (SELECT MAX(id) id FROM ezdbfile WHERE name = '%s') one)" "$1"; }

# Ten kinds of damage, in ten files; what a check calls each, and whether it can be put right.
trial_damage() {
  local original=var/demo/storage/original sql kind name count json before fault repaired=0 lost=()
  # Of one data row, and of more.
  local films=() small=()
  mapfile -t films < <(mariadb_sql "SELECT name FROM ezdbfile WHERE size > 262144 ORDER BY name LIMIT 2" "$CLI_DATABASE")
  mapfile -t small < <(mariadb_sql "SELECT name FROM ezdbfile WHERE size BETWEEN 100 AND 60000 AND name LIKE '%picture%' ORDER BY name LIMIT 8" "$CLI_DATABASE")
  ((${#films[@]} == 2 && ${#small[@]} == 8)) || return
  # KIND NAME REPAIRABLE for each; the statements of both layouts are beside one another.
  local expected=(
    "size ${small[0]} no" "size ${small[1]} no" "size ${films[0]} no" "size ${small[2]} no"
    "orphan - yes" "hash ${small[3]} no" "claim $original/left.generating yes"
  )
  sql="SET foreign_key_checks = 0;
    UPDATE ezdbfile SET size = size + 1 WHERE name = '${small[0]}';
    UPDATE ezdbfile SET size = size - 1 WHERE name = '${small[1]}';"
  if [[ $CLI_LAYOUT == id ]]; then
    expected+=("superseded ${small[4]} yes" "size ${films[1]} no" "size ${small[5]} no")
    sql+="DELETE FROM ezdbfile_data WHERE masterid = $(trial_id "${films[0]}") ORDER BY id LIMIT 1;
      DELETE FROM ezdbfile_data WHERE masterid = $(trial_id "${small[2]}");
      INSERT INTO ezdbfile_data (masterid, filedata) VALUES (4000000000, 'lost');
      UPDATE ezdbfile SET name_hash = REVERSE(name_hash) WHERE name = '${small[3]}';
      INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime)
        VALUES ('misc', '$original/left.generating', MD5('$original/left.generating'), 'x', 0, 1000);
      INSERT INTO ezdbfile (id, datatype, name, name_hash, scope, size, mtime)
        SELECT 3000000000, datatype, name, name_hash, scope, size, mtime FROM ezdbfile WHERE name = '${small[4]}';
      UPDATE ezdbfile_data SET masterid = IF(masterid = 3000000000, 0, 3000000000)
        WHERE masterid IN (SELECT id FROM ezdbfile WHERE name = '${small[4]}');
      INSERT INTO ezdbfile_data (masterid, filedata)
        SELECT masterid, filedata FROM ezdbfile_data WHERE masterid = $(trial_id "${films[1]}") LIMIT 1;
      UPDATE ezdbfile SET size = 1 << 60 WHERE name = '${small[5]}';"
  else
    expected[2]="gap ${films[0]} no"
    expected+=("leftover ${small[4]} yes" "overlap ${films[1]} no" "state ${small[5]} yes")
    sql+="DELETE FROM ezdbfile_data WHERE name_hash = MD5('${films[0]}') AND \`offset\` = 65535;
      DELETE FROM ezdbfile_data WHERE name_hash = MD5('${small[2]}');
      INSERT INTO ezdbfile_data (name_hash, \`offset\`, filedata) VALUES (MD5('lost'), 0, 'lost');
      UPDATE ezdbfile_data SET name_hash = REVERSE(name_hash) WHERE name_hash = MD5('${small[3]}');
      UPDATE ezdbfile SET name_hash = REVERSE(name_hash) WHERE name = '${small[3]}';
      INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime)
        VALUES ('misc', '$original/left.generating', '$original/left.generating', MD5('$original/left.generating'), 'x', 0, 1000);
      INSERT INTO ezdbfile_data (name_hash, \`offset\`, filedata) SELECT name_hash, size + 1000, 'older' FROM ezdbfile
        WHERE name = '${small[4]}';
      UPDATE ezdbfile_data SET \`offset\` = 65534 WHERE name_hash = MD5('${films[1]}') AND \`offset\` = 65535;
      UPDATE ezdbfile SET expired = 1 WHERE name = '${small[5]}';"
  fi
  mariadb_sql "$sql" "$CLI_DATABASE" || return
  before=$(trial_state)
  json=$(status_is 1 timed "check of ten kinds of damage" cli check --json) || return
  same "what a check leaves" "$before" "$(trial_state)" || return
  for fault in "${expected[@]}"; do
    read -r kind name count <<<"$fault"
    trial_named "$json" "$kind" "$name" "$count" false || return
    if [[ $count == yes ]]; then
      repaired=$((repaired + 1))
    else
      lost+=("$name")
    fi
  done
  same "findings" 10 "$(grep -c '"kind"' <<<"$json")" || return
  says "10 found, $repaired repaired" status_is 1 cli check --repair || return
  json=$(status_is 1 cli check --json) || return
  same "what cannot be repaired" "$((10 - repaired))" "$(grep -c '"kind"' <<<"$json")" || return
  for name in "${lost[@]}"; do trial_named "$json" '[a-z]*' "$name" no false || return; done
  # A row whose hash is wrong is found by no name.
  if [[ $CLI_LAYOUT == hash ]]; then
    mariadb_sql "DELETE FROM ezdbfile_data WHERE name_hash = REVERSE(MD5('${small[3]}'));" "$CLI_DATABASE" || return
  fi
  mariadb_sql "DELETE FROM ezdbfile WHERE name = '${small[3]}'" "$CLI_DATABASE" || return
  for name in "${lost[@]}"; do
    [[ $name == "${small[3]}" ]] || cli rm --purge "$name" || return
  done
  if [[ $CLI_LAYOUT == id ]]; then
    cli check --repair # the bytes of the row that went by hand
  fi
  cli import "$CLI_SITE/var" --overwrite && says 'nothing is wrong' cli check --deep
}

# trial_named JSON KIND NAME yes|no REPAIRED: the check says so.
trial_named() {
  local repairable=false pattern
  [[ $4 == yes ]] && repairable=true
  if [[ $3 == - ]]; then
    pattern="\"kind\":\"$2\",.*\"repairable\":$repairable,\"repaired\":$5"
  else
    # shellcheck disable=SC2001 # a class of characters
    pattern="\"kind\":\"$2\",\"name\":\"$(sed 's/[.[*^$]/\\&/g' <<<"$3")\",\"repairable\":$repairable,\"repaired\":$5"
  fi
  grep -q "$pattern" <<<"$1" || {
    printf 'the check does not name %s %s (%s):\n%s\n' "$2" "$3" "$pattern" "$1" >&2
    return 1
  }
}

# trial_beside ROLE PREFIX SITE
trial_beside() {
  start_process "$TRIAL/beside/$1.log" php -n -d "extension=$EXTENSION" -d "ezdbfile.socket=$DB_SOCKET" \
    -d "ezdbfile.user=$DB_USER" -d "ezdbfile.password=$DB_PASSWORD" -d "ezdbfile.database=$CLI_DATABASE" \
    "$HERE/cli/beside.php" "$1" "$TRIAL/beside" "$2" "$3"
}

trial_rounds() { (($(cat "$TRIAL/beside/$1" 2>/dev/null || echo 0) >= $2)); }

trial_some_more() {
  local role
  for role in writer reader; do
    wait_until 60 trial_rounds "$role" $(($(cat "$TRIAL/beside/$role" 2>/dev/null || echo 0) + 3)) || {
      printf 'the %s does not go on:\n' "$role" >&2
      cat -- "$TRIAL/beside/$role.log" >&2
      return 1
    }
  done
}

trial_migrate() {
  local writer reader json status=0
  timed "migrate --dry-run" says "from \"$CLI_LAYOUT\" to \"$TRIAL_OTHER\"" cli migrate --to "$TRIAL_OTHER" --dry-run || return
  trial_beside writer var/demo/storage/live "$CLI_SITE"
  writer=$STARTED_PID
  wait_until 60 trial_rounds writer 1 || return
  trial_beside reader var/demo/storage/live "$CLI_SITE"
  reader=$STARTED_PID
  trial_some_more || return
  json=$(timed "migrate" cli migrate --to "$TRIAL_OTHER" --json) || return
  printf '%s\n' "$json"
  same result '"migrated"' "$(member result <<<"$json")" || return
  same "changes left behind" 0 "$(member left_behind <<<"$json")" || return
  trial_some_more || return
  : >"$TRIAL/beside/stop"
  wait "$writer" || status=$?
  wait "$reader" || status=$?
  forget_process "$writer"
  forget_process "$reader"
  printf '# %s: %d rounds of the writer, %d of the reader beside it\n' "$CLI_LAYOUT" \
    "$(cat "$TRIAL/beside/writer")" "$(cat "$TRIAL/beside/reader")"
  cat -- "$TRIAL/beside/writer.log" "$TRIAL/beside/reader.log"
  ((status == 0)) || return
  same layout "\"$TRIAL_OTHER\"" "$(cli status --json | member layout)" || return
  says 'already' cli migrate --to "$TRIAL_OTHER" || return
  mariadb_sql 'DROP TABLE ezdbfile_data_old, ezdbfile_old' "$CLI_DATABASE" || return
  timed "check --deep of the other layout" says 'nothing is wrong' cli check --deep
}
