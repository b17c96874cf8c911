# shellcheck shell=bash
# Builds the extension, and runs PHP with it and with nothing else: no php.ini
# of the system has a say.

# Sets EXTENSION and PROGRAM. They are copies, which stay what they are when somebody builds
# again meanwhile, and which users other than the owner of the checkout can read.
build_extension() {
  local target
  say "building the extension (minutes at the first time)"
  cd -- "$ROOT" || return
  run_quietly "cargo build --release" "$WORK/build.log" "${CARGO[@]}" build --release || return
  target=$("${CARGO[@]}" metadata --no-deps --format-version 1 |
    php -n -r 'echo json_decode(stream_get_contents(STDIN))->target_directory;') || return
  EXTENSION=$WORK/libezdbfile.so
  PROGRAM=$WORK/bin/ezdbfile
  cp -- "$target/release/libezdbfile.so" "$EXTENSION" && chmod 644 "$EXTENSION" || return
  install -D -m 755 -- "$target/release/ezdbfile" "$PROGRAM"
}

# load_lines NAME...: "extension=NAME" for those that this PHP has not built in.
load_lines() {
  local name built_in directory
  built_in=$(php -n -m)
  directory=$(php -n -r 'echo ini_get("extension_dir");')
  for name in "$@"; do
    grep -qix -- "$name" <<<"$built_in" && continue
    [[ -e $directory/$name.so ]] || die "PHP's extension $name is missing in $directory"
    printf 'extension=%s\n' "$name"
  done
}

# write_ini FILE DATABASE NAME...: a php.ini as an administrator would write
# it, with the named extensions of PHP.
write_ini() {
  local file=$1 database=$2
  shift 2
  (umask 077 && : >"$file")
  {
    load_lines "$@"
    printf 'error_reporting = E_ALL\ndisplay_errors = stderr\nhtml_errors = 0\nmemory_limit = 128M\n'
    printf 'extension = "%s"\n' "$EXTENSION"
    printf 'ezdbfile.socket = "%s"\n' "$DB_SOCKET"
    printf 'ezdbfile.user = "%s"\n' "$DB_USER"
    printf 'ezdbfile.password = "%s"\n' "$DB_PASSWORD"
    printf 'ezdbfile.database = "%s"\n' "$database"
  } >>"$file"
}

# php_with INI ARGUMENTS...: this php.ini, and none of the files that PHP adds to it.
php_with() {
  local ini=$1
  shift
  PHP_INI_SCAN_DIR='' run php -c "$ini" "$@"
}

php_fpm() {
  local version name
  version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
  for name in "php-fpm$version" php-fpm; do
    command -v "$name" && return
  done
  die "php-fpm of PHP $version is missing"
}

# PHP's own test runner, which comes with its headers; distributions differ in where.
run_tests_php() {
  local prefix file
  prefix=$(php-config --prefix)
  for file in "$prefix/lib/php/$(php-config --phpapi)/build/run-tests.php" \
    "$(sed -n "s/^phpdir=[\"'\`]*\$prefix\(.*\)\"/${prefix//\//\\/}\1/p" "$(command -v phpize)")/run-tests.php" \
    "$prefix"/lib*/php/build/run-tests.php; do
    if [[ -e $file ]]; then
      printf '%s\n' "$file"
      return
    fi
  done
  die "PHP's run-tests.php was not found below $prefix"
}
