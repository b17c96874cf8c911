#!/bin/bash
# How long after the generator do the processes return that waited for it?
#
#   php-tests/bench/stampede.sh [PROCESSES [ROUNDS [MILLISECONDS]]]
#
# Builds the extension, starts a private MariaDB, and removes both what it made
# and what it started at the end.

set -euo pipefail

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=../lib/process.sh
source "$HERE/lib/process.sh"
# shellcheck source=../lib/packages.sh
source "$HERE/lib/packages.sh"
# shellcheck source=../lib/extension.sh
source "$HERE/lib/extension.sh"
# shellcheck source=../lib/mariadb.sh
source "$HERE/lib/mariadb.sh"

work_directory
need_packages "${BASE_PACKAGES[@]}"
need_cargo
build_extension || exit
mariadb_create
mariadb_export
mariadb_sql "CREATE DATABASE ezdb_bench"
write_ini "$WORK/php.ini" ezdb_bench pcntl
say "${1:-32} processes want one missing file"
php_with "$WORK/php.ini" "$HERE/bench/stampede.php" "$@"
