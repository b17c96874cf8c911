# shellcheck shell=bash
# The program ezdbfile, as an operator uses it, on tables of both layouts.
#
# Every output goes to a transcript too, which must not show the password.

# cli_checks [NAME...]: all, or those whose function is cli_test_NAME.
cli_checks() {
  local layout
  CLI_NAMES=("$@")
  for layout in "$@"; do
    if ! declare -F "cli_test_$layout" >/dev/null; then
      failed "there is no check $layout" /dev/null
      return
    fi
  done
  CLI=$WORK/cli
  mkdir -m 755 "$CLI"
  (umask 077 && printf '%s\n' "$DB_PASSWORD" >"$CLI/password")
  say "the program ezdbfile"
  cli_check "without PHP" needs_no_php
  for layout in id hash; do
    CLI_LAYOUT=$layout
    CLI_DATABASE=ezdb_cli_$layout
    mariadb_sql "CREATE DATABASE $CLI_DATABASE"
    CLI_SITE=$CLI/$layout/site
    cli_make_tree "$CLI_SITE/var/demo"
    cli_check "no tables: every command says so, and what makes them" no_tables
    cli_check "install makes the tables and prints the rights" install
    cli_check "settings from options, the environment and a site; what is wrong about them" settings
    cli_check "by TCP, encrypted, by options and by the environment" tls
    cli_check "put, stat, cat, ls, rm and purge of one file" one_file
    cli_check "a tree of hostile names comes in and goes out identical" round_trip
    cli_check "lists and usage tell every file" lists
    cli_check "what is newer or deleted in the cluster stays so" newer_and_deleted
    cli_check "damage is found, what can be is repaired, the rest is named" damage
    cli_check "import --delete removes what the cluster has, and nothing else" delete
    cli_check "how far it is shows on a terminal, and nowhere else" progress
    cli_check "the rights that install and migrate print are enough, and none too many" rights
    cli_check "an import beside a writer leaves what is newer" beside_writer
    cli_check "migrate: refused, interrupted, gone on with, abandoned" migrate
    cli_check "Ctrl-C in the middle leaves whole files, and the next import goes on" interrupted
    cli_check "Ctrl-C in an export, a repair, a purge and a migration: the next one goes on" interrupted_work
    cli_check "killed at any point of a migration: the site works, and the next one goes on" killed
    cli_check "in, damaged, repaired, migrated beside a running site, out: identical" trial
  done
  CLI_LAYOUT=
  cli_check "the password is nowhere in the output" no_password
}

# cli_check WHAT TEST
cli_check() {
  if ((${#CLI_NAMES[@]})) && [[ " ${CLI_NAMES[*]} install no_tables " != *" $2 "* ]]; then return; fi
  check "ezdbfile${CLI_LAYOUT:+ ($CLI_LAYOUT)}: $1" "cli_test_$2"
}

# cli ARGUMENTS...: the program with the settings of the present layout.
cli() {
  recorded env "EZDBFILE_SOCKET=$DB_SOCKET" "EZDBFILE_USER=${CLI_USER:-$DB_USER}" "EZDBFILE_PASSWORD_FILE=$CLI/password" \
    "EZDBFILE_DATABASE=$CLI_DATABASE" timeout 300 "$PROGRAM" "$@"
}

# recorded COMMAND...: its output goes on, and to the transcript.
recorded() {
  local status=0 output
  output=$(mktemp -d "$CLI/output.XXXXXXXX") || return
  "$@" >"$output/1" 2>"$output/2" || status=$?
  cat -- "$output/1" "$output/2" >>"$CLI/transcript"
  cat -- "$output/2" >&2
  cat -- "$output/1" || true # whose reader may have left
  rm -rf -- "$output"
  return "$status"
}

# status_is STATUS COMMAND...: its output goes on.
status_is() {
  local expected=$1 status=0
  shift
  "$@" || status=$?
  ((status == expected)) || {
    printf 'status %d, not %d: %s\n' "$status" "$expected" "$*" >&2
    return 1
  }
}

# says TEXT COMMAND...: somewhere in the output, of either kind; and the command succeeds (status_is is one that does
# with another status).
says() {
  local text=$1 output status=0
  shift
  output=$("$@" 2>&1) || status=$?
  [[ $output == *"$text"* ]] || {
    printf 'not in the output of %s: %s\nbut: %s\n' "$*" "$text" "$output" >&2
    return 1
  }
  ((status == 0)) || {
    printf 'status %d: %s\n%s\n' "$status" "$*" "$output" >&2
    return 1
  }
}

# same WHAT EXPECTED FOUND
same() {
  [[ $2 == "$3" ]] || {
    printf '%s: expected %s, found %s\n' "$1" "$2" "$3" >&2
    return 1
  }
}

# member KEY: of the last line of JSON on the standard input.
member() {
  # shellcheck disable=SC2016 # the dollars are PHP's
  php -n -r '$lines = explode("\n", trim(stream_get_contents(STDIN)));
    $value = json_decode(end($lines), true);
    foreach (explode(".", $argv[1]) as $key) { $value = $value[$key] ?? null; }
    echo json_encode($value);' "$1"
}

# The tree has nothing but whole seconds in its times: the cluster knows no more.
cli_make_tree() {
  make_hostile_tree "$1"
  mkdir -p "$1/storage/images/a/1-eng-GB" "$1/storage/original/video" "$1/storage/packages" "$1/cache/content" "$1/log" "$1/storage/dir name%"
  printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' >"$1/storage/images/a/1-eng-GB/picture.jpg"
  { printf 'film' && head -c 2999996 /dev/urandom; } >"$1/storage/original/video/film.mp4"
  { printf 'data' && head -c 131066 /dev/urandom; } >"$1/storage/packages/two-chunks"
  : >"$1/storage/original/text/empty.txt"
  printf 'text' >"$1/storage/dir name%/a_b"
  printf 'page' >"$1/cache/content/1.cache"
  printf 'line' >"$1/log/error.log"
  printf 'part' >"$1/storage/.ezdbfile-1-0.tmp"
  find "$1" -type f -exec touch -d @1500000000 {} +
  touch -d @1234567890 "$1/storage/original/video/film.mp4"
}

# Names, bytes and times of the files that an import takes.
cli_state() {
  (
    cd -- "$1" || return
    find var -path '*/storage/*' -type f ! -name '.ezdbfile-*' -printf '%p %s %T@\0' | sort -z
    find var -path '*/storage/*' -type f ! -name '.ezdbfile-*' -print0 | sort -z | xargs -0r sha256sum -z
  ) | sha256sum
}

cli_names() { (cd -- "$CLI_SITE" && find var -path '*/storage/*' -type f ! -name '.ezdbfile-*' -print0 | sort -z); }

cli_rows() { mariadb_sql 'SELECT COUNT(*) FROM ezdbfile' "$CLI_DATABASE"; }

cli_count() { cli_names | tr -dc '\0' | wc -c; }

cli_same_out() {
  rm -rf -- "$CLI/out"
  cli export "$CLI/out" && same "the exported tree" "$(cli_state "$CLI_SITE")" "$(cli_state "$CLI/out")"
}

cli_test_needs_no_php() {
  # Every library that it needs is there, and PHP, which the extension needs, has no part in it.
  ldd "$PROGRAM" || return
  [[ $("$PROGRAM" --version) == 'ezdbfile '[0-9]* ]] && ! nm -D --undefined-only "$PROGRAM" | grep -iE ' (zend|php)_'
}

cli_test_no_tables() {
  local arguments
  for arguments in status ls 'stat a' 'cat a' 'rm a' "put $CLI_SITE/var/demo/log/error.log a" "import $CLI_SITE/var" \
    "export $CLI/none" usage check 'purge --older-than 1d' 'migrate --to id' 'migrate --to hash --dry-run'; do
    # shellcheck disable=SC2086 # words are wanted
    says '"ezdbfile install" makes them' status_is 1 cli $arguments || return
  done
}

cli_test_install() {
  local output
  output=$(cli install --layout "$CLI_LAYOUT") || return
  [[ $output == *"in the layout \"$CLI_LAYOUT\""* ]] || return
  [[ $output == *"GRANT SELECT, INSERT, UPDATE, DELETE ON \`$CLI_DATABASE\`.\`ezdbfile_data\` TO '$DB_USER'@"* ]] || return
  cli install && same "layout" "\"$CLI_LAYOUT\"" "$(cli status --json | member layout)" || return
  local other='id'
  [[ $CLI_LAYOUT == id ]] && other='hash'
  says 'not in the layout' status_is 1 cli install --layout "$other"
}

cli_test_settings() {
  local site=$CLI/settings-$CLI_LAYOUT
  mkdir -p "$site/settings/override"
  printf '[ClusteringSettings]\nDBHost=nowhere.invalid\nDBUser=%s\n' "$DB_USER" >"$site/settings/file.ini"
  {
    printf '<?php /* #?ini charset="utf-8"?\n[ClusteringSettings]\n#DBName=comment\n'
    printf 'DBHost=localhost\nDBSocket=%s\nDBName=%s\nDBPassword=%s\n*/ ?>\n' "$DB_SOCKET" "$CLI_DATABASE" "$DB_PASSWORD"
  } >"$site/settings/override/file.ini.append.php"
  says "layout    $CLI_LAYOUT" recorded "$PROGRAM" --site "$site" status || return
  says "layout    $CLI_LAYOUT" recorded env "EZDBFILE_SITE=$site" "$PROGRAM" status || return
  says 'Access denied' status_is 1 recorded env EZDBFILE_PASSWORD=wrong-word "$PROGRAM" --site "$site" status || return
  says 'no_such_database' status_is 1 recorded env EZDBFILE_DATABASE=no_such_database "$PROGRAM" --site "$site" status || return
  says "layout    $CLI_LAYOUT" recorded env EZDBFILE_DATABASE=no_such_database "$PROGRAM" --site "$site" status --database "$CLI_DATABASE" || return
  # What is empty is not there.
  says "layout    $CLI_LAYOUT" recorded env EZDBFILE_HOST= EZDBFILE_PORT= EZDBFILE_SOCKET= EZDBFILE_USER= EZDBFILE_PASSWORD_FILE= \
    EZDBFILE_PASSWORD= EZDBFILE_DATABASE= EZDBFILE_CHARSET= EZDBFILE_SSL_CA= EZDBFILE_SSL_CERT= EZDBFILE_SSL_KEY= \
    "EZDBFILE_SITE=$site" "$PROGRAM" status || return
  says 'no database is named' status_is 2 recorded env EZDBFILE_SITE= "$PROGRAM" status || return
  says 'no database is named' status_is 2 recorded "$PROGRAM" status || return
  says 'there is neither' status_is 2 recorded "$PROGRAM" --site "$CLI" status || return
  says 'cannot read --password-file' status_is 2 cli --password-file "$CLI/none" status || return
  says 'unexpected argument' status_is 2 cli --password x status || return
  printf '[ClusteringSettings]\nDBPort=many\nDBName=x\n' >"$site/settings/override/file.ini.append.php"
  says 'DBPort is "many"' status_is 2 recorded "$PROGRAM" --site "$site" status || return
  says 'name the root with --root' status_is 2 cli import "$site" || return
  local output
  output=$(status_is 1 recorded env EZDBFILE_PASSWORD=wrong-word "$PROGRAM" --database x --socket "$DB_SOCKET" --user "$DB_USER" status 2>&1) || return
  [[ $output == *'Access denied'* && $output != *wrong-word* ]]
}

# By TCP, encrypted, with every option that has a meaning then, and in the environment.
cli_test_tls() {
  local tls=$WORK/mariadb/tls options
  options=(--host 127.0.0.1 --port "$DB_PORT" --user "$DB_USER" --password-file "$CLI/password" --database "$CLI_DATABASE" --charset utf8mb4
    --ssl-cert "$tls/client.pem" --ssl-key "$tls/client.key")
  same "cipher, by options" true "$(recorded "$PROGRAM" "${options[@]}" --ssl-ca "$tls/ca.pem" status --json | member cipher | grep -q TLS && echo true)" || return
  same "cipher, by the environment" true "$(recorded env EZDBFILE_HOST=127.0.0.1 "EZDBFILE_PORT=$DB_PORT" "EZDBFILE_USER=$DB_USER" \
    "EZDBFILE_PASSWORD_FILE=$CLI/password" "EZDBFILE_DATABASE=$CLI_DATABASE" EZDBFILE_CHARSET=utf8mb4 "EZDBFILE_SSL_CA=$tls/ca.pem" \
    "EZDBFILE_SSL_CERT=$tls/client.pem" "EZDBFILE_SSL_KEY=$tls/client.key" "$PROGRAM" status --json | member cipher | grep -q TLS && echo true)" || return
  says 'certificate' status_is 1 recorded "$PROGRAM" "${options[@]}" --ssl-ca "$tls/other.pem" status || return
  says 'no_such_charset' status_is 1 recorded env EZDBFILE_CHARSET=no_such_charset "$PROGRAM" "${options[@]:0:10}" status || return
  says "port" status_is 2 recorded "$PROGRAM" "${options[@]}" --port 0 status
}

cli_test_one_file() {
  local name='var/x/storage/original/a b%.txt' file=$CLI_SITE/var/demo/storage/packages/two-chunks
  cli put "$file" "$name" || return
  cmp "$file" <(cli cat "$name") || return
  same size 131070 "$(cli stat --json "$name" | member size)" || return
  same mtime 1500000000 "$(cli stat --json "$name" | member mtime)" || return
  same scope '"binaryfile"' "$(cli stat --json "$name" | member scope)" || return
  same datatype '"text\/plain"' "$(cli stat --json "$name" | member datatype)" || return
  same list "$name" "$(cli ls -0 'var/x/' | tr -d '\0')" || return
  cli_without_reader || return
  cli rm "$name" || return
  same "list after rm" "" "$(cli ls 'var/x/')" || return
  same "list of all" true "$(cli ls --all --json 'var/x/' | member expired)" || return
  says 'no such file' status_is 1 cli rm "$name" || return
  says 'no such file' status_is 1 cli cat var/none || return
  says '0 expired files' cli purge --older-than 20000d || return
  says '1 expired files with 131,070 bytes would be removed' cli purge --older-than 1s --dry-run || return
  says '1 expired files with 131,070 bytes removed' cli purge --older-than 1s || return
  says 'no such file' status_is 1 cli stat "$name" || return
  same "data rows" 0 "$(mariadb_sql 'SELECT COUNT(*) FROM ezdbfile_data' "$CLI_DATABASE")"
}

# A reader that has left is told nothing: it has what it wanted.
cli_without_reader() {
  local pipe output
  exec {pipe}> >(true)
  wait "$!"
  output=$(EZDBFILE_SOCKET=$DB_SOCKET EZDBFILE_USER=$DB_USER EZDBFILE_PASSWORD_FILE=$CLI/password EZDBFILE_DATABASE=$CLI_DATABASE \
    status_is 1 "$PROGRAM" ls 2>&1 >&"$pipe") || {
    printf '%s\n' "$output"
    return 1
  }
  exec {pipe}>&-
  same "what it says when its reader has left" '' "$output"
}

cli_test_round_trip() {
  local before count json
  before=$(cli_state "$CLI_SITE")
  count=$(cli_count)
  json=$(cli import "$CLI_SITE/var" --json) || return
  same stored "$count" "$(member stored <<<"$json")" || return
  same "links and pipes" 3 "$(member special <<<"$json")" || return
  same "caches, logs, temporary files" 4 "$(member other <<<"$json")" || return
  same failed 0 "$(member failed <<<"$json")" || return
  same "the tree" "$before" "$(cli_state "$CLI_SITE")" || return
  cmp <(cli_names) <(cli ls -0 | sort -z) || return
  cli_same_out || return
  same "stored again" 0 "$(cli import "$CLI_SITE/var/demo" --json | member stored)" || return
  same "written again" 0 "$(cli export "$CLI/out" --json | member written)" || return
  same "scopes" "UNKNOWN_SCOPE:2 binaryfile:24 image:1 mediafile:1" \
    "$(mariadb_sql "SELECT GROUP_CONCAT(CONCAT(scope, ':', files) ORDER BY scope SEPARATOR ' ')
      FROM (SELECT scope, COUNT(*) files FROM ezdbfile GROUP BY scope) f" "$CLI_DATABASE")" || return
  same "type by content" '"image\/png"' \
    "$(cli stat --json var/demo/storage/images/a/1-eng-GB/picture.jpg | member datatype)" || return
  rm -rf -- "$CLI/part"
  same "written of a scope and prefix" 1 \
    "$(cli export "$CLI/part" --scope mediafile --prefix var/demo/storage/o --json | member written)" || return
  says 'nothing is wrong' status_is 0 cli check --deep
}

cli_test_lists() {
  local prefix=var/demo/storage/original/text/
  cli import "$CLI_SITE/var" || return
  same "a percent sign" "${prefix}100%" "$(cli ls -0 "${prefix}100%" | tr -d '\0')" || return
  same "an underscore" "${prefix}under_score" "$(cli ls -0 "${prefix}under_" | tr -d '\0')" || return
  says "${prefix}new\\nline" cli ls "${prefix}new" || return
  says "${prefix}caf\\xe9" cli ls "${prefix}caf" || return
  same "of a scope" 1 "$(cli ls --scope mediafile | wc -l)" || return
  same "bytes of the films" 3000000 "$(cli usage --json --depth 5 var/demo/storage/original/video | member directories.0.bytes)" || return
  says 'var/demo/storage/original' cli usage --depth 4 || return
  says '########################################' cli usage --bars || return
  same "files" "$(cli_count)" "$(cli status --json | member files)" || return
  says 'film.mp4' cli status
}

cli_test_newer_and_deleted() {
  local name=var/demo/storage/packages/two-chunks text=var/demo/storage/original/text/0 json
  cli import "$CLI_SITE/var" || return
  printf 'newer' >"$CLI/newer" && touch -d @1600000000 "$CLI/newer"
  cli put "$CLI/newer" "$name" && cli rm "$text" || return
  json=$(cli import "$CLI_SITE/var" --json) || return
  same "stored, newer, deleted" '0 1 1' "$(member stored <<<"$json") $(member newer <<<"$json") $(member deleted <<<"$json")" || return
  same "the newer one" newer "$(cli cat "$name")" || return
  # A marked file has the time of its content, whatever that of the local one is.
  touch -d @1900000000 "$CLI_SITE/$text" || return
  same "deleted, with a newer local file" 1 "$(cli import "$CLI_SITE/var" --json | member deleted)" || return
  same stored 2 "$(cli import "$CLI_SITE/var" --overwrite --json | member stored)" || return
  cli_same_out
}

cli_test_damage() {
  local film=var/demo/storage/original/video/film.mp4 two=var/demo/storage/packages/two-chunks json found rows
  cli import "$CLI_SITE/var" || return
  mariadb_sql "ALTER TABLE ezdbfile MODIFY mtime int NOT NULL DEFAULT 0" "$CLI_DATABASE" || return
  mariadb_sql "UPDATE ezdbfile SET size = size + 1 WHERE name = '$two'" "$CLI_DATABASE" || return
  if [[ $CLI_LAYOUT == id ]]; then
    found='"size":2'
    mariadb_sql "DELETE FROM ezdbfile_data WHERE masterid = (SELECT id FROM ezdbfile WHERE name = '$film') LIMIT 1;
      INSERT INTO ezdbfile_data (masterid, filedata) VALUES (999999999, 'lost');
      INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime)
        VALUES ('misc', 'var/old.generating', MD5('var/old.generating'), 'x', 0, 1000)" "$CLI_DATABASE" || return
  else
    found='"gap":1,'
    mariadb_sql "DELETE FROM ezdbfile_data WHERE name_hash = MD5('$film') AND \`offset\` = 65535;
      SET foreign_key_checks = 0;
      INSERT INTO ezdbfile_data (name_hash, \`offset\`, filedata) VALUES (MD5('lost'), 0, 'lost');
      INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime)
        VALUES ('misc', 'var/old.generating', '', MD5('var/old.generating'), 'x', 0, 1000)" "$CLI_DATABASE" || return
  fi
  rows=$(cli_rows)
  json=$(status_is 1 cli check --json) || return
  [[ $json == *"$found"* && $json == *'"orphan":1'* && $json == *'"claim":1'* ]] || {
    printf '%s\n' "$json"
    return 1
  }
  same "age of the claim" true "$(member age <<<"$(grep '"claim"' <<<"$json" | head -n 1)" | awk '{ print ($1 > 1000000000) ? "true" : $1 }')" || return
  same "columns that are narrow" '"ezdbfile.mtime is int and goes up to 2147483647"' "$(member narrow.0 <<<"$json")" || return
  says 'narrow: ezdbfile.mtime is int' status_is 1 cli check || return
  says 'seconds old  var/old.generating' cli status || return
  same "claims" '"var\/old.generating"' "$(cli status --json | member claims.0.name)" || return
  same "rows that a check without --repair leaves" "$rows" "$(cli_rows)" || return
  says '4 found, 2 repaired' status_is 1 cli check --repair || return
  says '2 found, 0 repaired' status_is 1 cli check || return
  says "$film" status_is 1 cli export "$CLI/damaged" || return
  [[ ! -e $CLI/damaged/$film && ! -e $CLI/damaged/$two ]] || return
  status_is 1 cli cat "$film" >/dev/null || return
  cli rm --purge "$film" "$two" && cli import "$CLI_SITE/var" || return
  mariadb_sql "ALTER TABLE ezdbfile MODIFY mtime bigint NOT NULL DEFAULT 0" "$CLI_DATABASE" || return
  says 'nothing is wrong' cli check --deep && cli_same_out
}

cli_test_delete() {
  local site=$CLI/$CLI_LAYOUT-delete/site json
  cli import "$CLI_SITE/var" || return
  mkdir -p "${site%/*}"
  cp -a -- "$CLI_SITE" "$site"
  local before count
  before=$(cli_state "$site")
  count=$(cli_count)
  # One that the cluster says it has, but with other bytes.
  printf 'other of 100%%' >"$site/var/demo/storage/original/text/100%"
  truncate -s "$(stat -c %s -- "$CLI_SITE/var/demo/storage/original/text/100%")" "$site/var/demo/storage/original/text/100%"
  touch -d @1500000000 "$site/var/demo/storage/original/text/100%"
  json=$(status_is 1 cli import "$site/var" --delete --json) || return
  same "removed" "$((count - 1))" "$(member removed <<<"$json")" || return
  same "what is left" 'var/demo/storage/original/text/100%' \
    "$(cd -- "$site" && find var -path '*/storage/*' -type f ! -name '.ezdbfile-*')" || return
  [[ -L $site/var/demo/storage/original/text/link && -p $site/var/demo/storage/original/text/fifo ]] || return
  [[ -s $site/var/demo/log/error.log ]] && hostile_links_are_whole || return
  cli export "$site" --overwrite && same "the tree that comes back" "$before" "$(cli_state "$site")"
}

cli_test_progress() {
  local output
  cli import "$CLI_SITE/var" || return
  rm -rf -- "$CLI/out"
  output=$(EZDBFILE_SOCKET=$DB_SOCKET EZDBFILE_USER=$DB_USER EZDBFILE_PASSWORD_FILE=$CLI/password EZDBFILE_DATABASE=$CLI_DATABASE \
    TERM=xterm script --quiet --return --command "'$PROGRAM' export '$CLI/out'" /dev/null </dev/null) || return
  # A line that is drawn again and taken away at the end, before the line that stays.
  [[ $output =~ exporting:\ [0-9]+\ files,\ [0-9,]+\ bytes,\ [0-9.]+\ MB/s ]] || { printf '%q\n' "$output" && return 1; }
  [[ $output == *$'\r\e[2K'*"$(cli_count) files with "* ]] || { printf '%q\n' "$output" && return 1; }
  printf '%s\n' "$output" >>"$CLI/transcript"
  rm -rf -- "$CLI/out"
  output=$(cli export "$CLI/out" 2>&1) || return
  [[ $output == "$(cli_count) files with "* && $output != *$'\e'* && $output != *$'\r'* && $output != *exporting* ]]
}

# As one who was granted what the program prints, with "HOST" replaced.
cli_test_rights() {
  local CLI_USER=ezdb_few site=$CLI_SITE name=var/x/storage/original/few.txt grants other='hash'
  [[ $CLI_LAYOUT == hash ]] && other='id'
  grants=$(CLI_USER=$DB_USER cli install | grep -o 'GRANT .*' | sed "s/'$DB_USER'@'HOST'/$CLI_USER@localhost/") || return
  cli_admin "CREATE USER $CLI_USER@localhost IDENTIFIED BY '$DB_PASSWORD'; $grants" || return
  cli import "$site/var" && cli put "$site/var/demo/log/error.log" "$name" && cli cat "$name" && cli rm "$name" || return
  cli purge --older-than 1s && cli check --repair --deep && cli usage && cli status && cli ls && cli_same_out || return
  grants=$(status_is 1 cli migrate --to "$other" 2>&1 | grep -o 'GRANT .*' | sed "s/@'HOST'/@localhost/") || return
  same "layout" "\"$CLI_LAYOUT\"" "$(cli status --json | member layout)" || return
  cli_admin "$grants" && cli migrate --to "$other" --drop-old || return
  cli_admin "REVOKE ALL ON \`$CLI_DATABASE\`.* FROM $CLI_USER@localhost" || return
  cli put "$site/var/demo/log/error.log" "$name" && cli rm --purge "$name" && cli_same_out || return
  cli_admin "DROP USER $CLI_USER@localhost" || return
  CLI_USER=$DB_USER cli migrate --to "$CLI_LAYOUT" --drop-old
}

cli_test_beside_writer() {
  local place=$CLI/beside-$CLI_LAYOUT site=$CLI/beside-$CLI_LAYOUT/site which pid status=0 round
  mkdir -p "$place" "$site"
  cp -a -- "$CLI_SITE/var" "$site"
  mkdir -p "$site/var/demo/storage/live"
  for which in 0 1 2 3 4; do printf 'of the disk' >"$site/var/demo/storage/live/live_$which.txt"; done
  find "$site/var/demo/storage/live" -type f -exec touch -d @1500000000 {} +
  start_process "$place/log" php -n -d "extension=$EXTENSION" -d "ezdbfile.socket=$DB_SOCKET" -d "ezdbfile.user=$DB_USER" \
    -d "ezdbfile.password=$DB_PASSWORD" -d "ezdbfile.database=$CLI_DATABASE" \
    "$HERE/cli/beside.php" writer "$place" var/demo/storage/live "$site"
  pid=$STARTED_PID
  for round in 1 2 3; do
    cli_beside_round "$round" "$place" "$site" || {
      status=1
      break
    }
  done
  : >"$place/stop"
  wait "$pid" || status=$?
  forget_process "$pid"
  cat -- "$place/log"
  ((status == 0)) || return
  cli rm -r --purge var/demo/storage/live && says 'nothing is wrong' cli check --deep && cli_same_out
}

# cli_beside_round ROUND PLACE SITE
cli_beside_round() {
  local json
  wait_until 60 trial_rounds_of "$2/writer" "$(($1 * 3))" && cli rm --purge var/demo/storage/packages/two-chunks || return
  json=$(cli import "$3/var" --json) || return
  same "newer, stored, failed in round $1" '5 1 0' "$(member newer <<<"$json") $(member stored <<<"$json") $(member failed <<<"$json")"
}

# trial_rounds_of FILE COUNT
trial_rounds_of() { (($(cat "$1" 2>/dev/null || echo 0) >= $2)); }

cli_test_migrate() {
  local other='hash' before
  [[ $CLI_LAYOUT == hash ]] && other='id'
  cli import "$CLI_SITE/var" || return
  before=$(cli ls --all --json | sort)
  says 'already' cli migrate --to "$CLI_LAYOUT" || return
  says 'required' status_is 2 cli migrate || return
  same "files of a dry run" "$(cli_rows)" "$(cli migrate --to "$other" --dry-run --json | member files)" || return
  says 'no migration to abandon' cli migrate --abandon || return
  mariadb_sql 'CREATE TABLE ezdbfile_old (kept int)' "$CLI_DATABASE" || return
  says 'ezdbfile_old is in the way' status_is 1 cli migrate --to "$other" || return
  mariadb_sql 'DROP TABLE ezdbfile_old' "$CLI_DATABASE" || return
  # Damage stops it, and is told by name.
  mariadb_sql "UPDATE ezdbfile SET size = size + 1 WHERE name = 'var/demo/storage/packages/two-chunks'" "$CLI_DATABASE" || return
  says 'two-chunks: its data rows have 131070 bytes, its size is 131071' status_is 1 cli migrate --to "$other" || return
  same layout "\"$CLI_LAYOUT\"" "$(cli status --json | member layout)" || return
  says 'was begun' cli migrate --to "$other" --dry-run || return
  says 'not done with' status_is 1 cli migrate --to "$CLI_LAYOUT" || return
  same "abandoned" true "$(cli migrate --abandon --json | member abandoned)" || return
  same tables 2 "$(mariadb_sql 'SHOW TABLES' "$CLI_DATABASE" | wc -l)" || return
  mariadb_sql "UPDATE ezdbfile SET size = size - 1 WHERE name = 'var/demo/storage/packages/two-chunks'" "$CLI_DATABASE" || return
  says "the tables are in the layout \"$other\" now" cli migrate --to "$other" --drop-old || return
  same "tables" 2 "$(mariadb_sql 'SHOW TABLES' "$CLI_DATABASE" | wc -l)" || return
  same "the files" "$before" "$(cli ls --all --json | sort)" || return
  cli_same_out || return
  says 'DROP TABLE ezdbfile_data_old, ezdbfile_old;' cli migrate --to "$CLI_LAYOUT" || return
  mariadb_sql 'DROP TABLE ezdbfile_data_old, ezdbfile_old' "$CLI_DATABASE" || return
  same "the files" "$before" "$(cli ls --all --json | sort)" && says 'nothing is wrong' cli check --deep
}

cli_test_no_password() {
  local output
  [[ -s $CLI/transcript ]] || return
  for output in "$CLI/transcript" "$CLI/interrupted" "$CLI/killed"; do
    [[ ! -e $output ]] || same "lines of $output with the password" 0 "$(grep -cF -- "$DB_PASSWORD" "$output")" || return
  done
}
