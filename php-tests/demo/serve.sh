# shellcheck shell=bash
# One file out of the database over HTTP, through PHP's own web server.

serve_one() {
  local url type checksum got chosen
  php_with "$INI" "$HERE/demo/choose.php" "$LIST" >"$WORK/chosen" || return
  { read -r url && read -r type && read -r checksum; } <"$WORK/chosen"
  start_web_server || return
  got=$(curl --silent --show-error --fail --noproxy '*' --max-time 300 --output "$WORK/served" \
    --write-out '%{content_type}' "http://127.0.0.1:$WEB_PORT/$url") || {
    say "DIFFERENT: curl got no file from the web server, whose log ends so:"
    tail -n 20 -- "$WORK/web.log"
    return 1
  }
  stop_process "$WEB_PID"
  chosen=$(sha256sum <"$WORK/served")
  if [[ ${chosen%% *} != "$checksum" ]]; then
    say "DIFFERENT: curl got other bytes of $url ($(stat -c %s "$WORK/served"))"
    return 1
  fi
  # PHP itself adds a character set to types of text.
  if [[ ${got%%;*} != "$type" ]]; then
    say "DIFFERENT: curl got $url as '$got', stored as '$type'"
    return 1
  fi
  say "served $url as $got, and curl got the same bytes"
}

# In an empty directory, so that no file can come from anywhere but the database.
start_web_server() {
  local tries
  mkdir -p "$WORK/empty"
  for tries in 1 2 3; do
    WEB_PORT=$(free_port)
    PHP_INI_SCAN_DIR='' start_process "$WORK/web.log" \
      php -c "$INI" -S "127.0.0.1:$WEB_PORT" -t "$WORK/empty" "$HERE/demo/router.php"
    WEB_PID=$STARTED_PID
    if wait_until 10 web_server_listens && is_running "$WEB_PID"; then return; fi
    stop_process "$WEB_PID" # somebody else may have taken the port
  done
  say "PHP's web server did not start ($tries tries); its log:"
  tail -n 20 -- "$WORK/web.log"
  return 1
}

web_server_listens() { ! is_running "$WEB_PID" || grep -q 'Development Server.*started' "$WORK/web.log"; }
