#!/bin/bash
# Real files into a real database and out again, through the native handler.
#
#   php-tests/demo.sh [DIR]
#
# DIR is a tree of files to use (it is copied, never changed); without it a
# small site is made, with pictures, a PDF, text, and a video of 200 MB
# (EZDB_DEMO_VIDEO_MB). Builds the extension, starts a private MariaDB, stores
# every file, removes the local ones, fetches all back in another process,
# compares checksums, and serves one over HTTP. Everything it made but the
# build is gone afterwards. Installs missing Debian packages when run as root.
# Exit status 0 when all is identical.

set -euo pipefail

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib/process.sh
source "$HERE/lib/process.sh"
# shellcheck source=lib/packages.sh
source "$HERE/lib/packages.sh"
# shellcheck source=lib/extension.sh
source "$HERE/lib/extension.sh"
# shellcheck source=lib/mariadb.sh
source "$HERE/lib/mariadb.sh"
# shellcheck source=demo/site.sh
source "$HERE/demo/site.sh"
# shellcheck source=demo/serve.sh
source "$HERE/demo/serve.sh"

if (($# > 1)) || [[ ${1:-} == -* ]]; then die "usage: ${0##*/} [DIR]"; fi
SOURCE=
if (($#)); then
  SOURCE=$([[ $1 ]] && cd -- "$1" 2>/dev/null && pwd -P && printf x) || die "no directory that can be read: $1"
  SOURCE=${SOURCE%$'\n'x} # a name may end in a newline
fi

work_directory
need_packages "${BASE_PACKAGES[@]}" php-gd
need_cargo
build_extension || exit

export EZDB_DEMO_DATABASE=ezdb_demo
SITE=$WORK/site
LIST=$WORK/list
INI=$WORK/php.ini

load_lines gd fileinfo >"$WORK/plain.ini"
make_site "$SOURCE"
php_with "$WORK/plain.ini" "$HERE/demo/list.php" "$SITE" "$LIST" || die "the files could not be listed"

mariadb_create
mariadb_export
mariadb_sql "CREATE DATABASE $EZDB_DEMO_DATABASE"
write_ini "$INI" "$EZDB_DEMO_DATABASE" mysqlnd mysqli
say "making the tables"
php_with "$INI" -r 'ezdbfile_install();' || die "the tables could not be made"

say "storing every file, and removing the local ones"
php_with "$INI" "$HERE/demo/store.php" "$SITE" "$LIST" || die "storing failed"
say "fetching every file in a new process"
php_with "$INI" "$HERE/demo/fetch.php" "$SITE" "$LIST" || die "fetching failed"
result=0
php_with "$INI" "$HERE/demo/compare.php" "$SITE" "$LIST" || result=1
serve_one || result=1

((result == 0)) || die "not all is identical, see above"
echo "All files are identical, stored, fetched and served."
