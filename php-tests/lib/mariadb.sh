# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# A MariaDB of one's own: data, socket, port and accounts of this run alone.
#
# Two accounts, both by socket and by TCP on 127.0.0.1:
#   $DB_USER   what a site has: every right on databases named ezdb…, none else
#   $DB_ADMIN  for tests that look at the server's counters or kill connections

DB_USER='ezdb'
DB_ADMIN='admin'

# Makes the data directory and starts the server.
mariadb_create() {
  local directory=$WORK/mariadb
  say "making a private MariaDB"
  DB_PASSWORD=$(random_word)
  DB_ADMIN_PASSWORD=$(random_word)
  DB_SOCKET=$directory/socket
  DB_LOG=$directory/log
  # The server runs as an unprivileged user; the account and the log are as
  # private as the data, the socket is for every user of PHP.
  DB_OPTIONS=(--no-defaults "--datadir=$directory/data" "--tmpdir=$directory/tmp")
  mkdir -m 755 "$directory"
  mkdir -m 700 "$directory/data" "$directory/tmp"
  mariadb_certificates "$directory/tls" || give_up "making certificates with openssl"
  (umask 077 && mariadb_accounts >"$directory/accounts.sql" && : >"$DB_LOG")
  if ((EUID == 0)); then
    chown -R mysql: "$directory"
    setpriv --reuid=mysql --regid=mysql --clear-groups test -w "$directory/data" ||
      die "the user mysql cannot get to $WORK; set TMPDIR to a directory that everybody can enter"
    DB_OPTIONS+=(--user=mysql)
  fi
  run_quietly "mariadb-install-db" "$WORK/install-db.log" mariadb-install-db "${DB_OPTIONS[@]}" \
    --auth-root-authentication-method=normal --skip-test-db ||
    exit 1
  mariadb_start
}

# mariadb_certificates DIRECTORY: an authority (ca), what it vouches for (server, for localhost and
# 127.0.0.1; client), and another authority that nobody trusts (other).
mariadb_certificates() {
  local name directory=$1 key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
  mkdir -m 755 "$directory"
  for name in ca other; do
    run_quietly openssl "$WORK/openssl.log" openssl req -x509 "${key[@]}" -days 2 -subj "/CN=ezdbfile tests $name" \
      -keyout "$directory/$name.key" -out "$directory/$name.pem" || return
  done
  printf 'subjectAltName = DNS:localhost, IP:127.0.0.1\n' >"$directory/names"
  for name in server client; do
    run_quietly openssl "$WORK/openssl.log" openssl req "${key[@]}" -subj "/CN=ezdbfile tests $name" \
      -keyout "$directory/$name.key" -out "$directory/$name.request" || return
    run_quietly openssl "$WORK/openssl.log" openssl x509 -req -in "$directory/$name.request" -days 2 \
      -CA "$directory/ca.pem" -CAkey "$directory/ca.key" -CAcreateserial -extfile "$directory/names" \
      -out "$directory/$name.pem" || return
  done
}

random_word() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# Read by the server before it lets anybody in; one statement a line.
mariadb_accounts() {
  local host
  printf "DELETE FROM mysql.global_priv WHERE User = 'root';\nDELETE FROM mysql.proxies_priv;\nFLUSH PRIVILEGES;\n"
  for host in localhost 127.0.0.1; do
    printf "CREATE USER IF NOT EXISTS %s@'%s' IDENTIFIED BY '%s';\n" \
      "$DB_USER" "$host" "$DB_PASSWORD" "$DB_ADMIN" "$host" "$DB_ADMIN_PASSWORD"
    printf "GRANT ALL ON \`ezdb%%\`.* TO %s@'%s';\n" "$DB_USER" "$host"
    printf "GRANT ALL ON *.* TO %s@'%s' WITH GRANT OPTION;\n" "$DB_ADMIN" "$host"
  done
}

# Starts the server on its data; after mariadb_stop on the same port again.
mariadb_start() {
  local tries=3
  until mariadb_try_to_start; do
    # Somebody may have taken the port since it was found free.
    if ((--tries)) && tail -n 20 -- "$DB_LOG" | grep -q 'Address already in use'; then
      DB_PORT=
      continue
    fi
    say "the private MariaDB did not start; the end of its log:"
    tail -n 40 -- "$DB_LOG"
    return 1
  done
}

mariadb_try_to_start() {
  local options=()
  read -ra options <<<"${EZDB_TEST_SERVER_OPTIONS:-}"
  DB_PORT=${DB_PORT:-$(free_port)}
  start_process "$DB_LOG" mariadbd "${DB_OPTIONS[@]}" \
    "--socket=$DB_SOCKET" "--port=$DB_PORT" --bind-address=127.0.0.1 \
    "--pid-file=$WORK/mariadb/pid" "--init-file=$WORK/mariadb/accounts.sql" \
    "--ssl-ca=$WORK/mariadb/tls/ca.pem" "--ssl-cert=$WORK/mariadb/tls/server.pem" "--ssl-key=$WORK/mariadb/tls/server.key" \
    --skip-name-resolve --performance-schema=OFF --character-set-server=utf8mb4 \
    "--innodb-buffer-pool-size=${DB_BUFFER_POOL:-64M}" "--innodb-log-file-size=${DB_LOG_SIZE:-64M}" --max-connections=100 \
    "--innodb-flush-log-at-trx-commit=${EZDB_TEST_FLUSH_LOG:-1}" "${options[@]}"
  DB_PID=$STARTED_PID
  wait_until 60 mariadb_answers_or_died || true
  mariadb_answers && is_running "$DB_PID" && return
  stop_process "$DB_PID"
  return 1
}

mariadb_answers() {
  MYSQL_PWD=$DB_ADMIN_PASSWORD mariadb-admin --no-defaults --socket="$DB_SOCKET" \
    --user="$DB_ADMIN" status >/dev/null 2>&1
}

mariadb_answers_or_died() { mariadb_answers || ! is_running "$DB_PID"; }

mariadb_stop() { stop_process "$DB_PID"; }

mariadb_restart() {
  mariadb_stop
  mariadb_start
}

# mariadb_sql STATEMENTS [DATABASE]: as the site's account.
mariadb_sql() {
  MYSQL_PWD=$DB_PASSWORD mariadb --no-defaults --socket="$DB_SOCKET" --user="$DB_USER" \
    --batch --skip-column-names --execute="$1" ${2:+"$2"}
}

# What every test finds its server by.
mariadb_export() {
  export EZDB_TEST_SOCKET=$DB_SOCKET EZDB_TEST_HOST=127.0.0.1 EZDB_TEST_PORT=$DB_PORT \
    EZDB_TEST_USER=$DB_USER EZDB_TEST_PASSWORD=$DB_PASSWORD \
    EZDB_TEST_TLS=$WORK/mariadb/tls EZDB_TEST_ADMIN_USER=$DB_ADMIN EZDB_TEST_ADMIN_PASSWORD=$DB_ADMIN_PASSWORD
}
