# shellcheck shell=bash disable=SC2034 # sets variables for the scripts that source it
# Sees to the Debian packages and the Rust tools that a script needs.

# What it takes to build the extension and to run it against a database.
BASE_PACKAGES=(php-dev php-cli php-mysql libmariadb-dev pkgconf libclang-dev clang gcc libc6-dev
  mariadb-server mariadb-client openssl curl ca-certificates)

POLICY=/usr/sbin/policy-rc.d
POLICY_MARK='# made by the tests of ezdbfile'
PACKAGES_LOCK=/run/lock/ezdbfile-packages.lock

# need_packages PACKAGE...: installs what is missing (root), or says what is.
# EZDB_TEST_PACKAGES=skip for machines where all is there under other names.
need_packages() {
  local missing=() command
  [[ ${EZDB_TEST_PACKAGES:-} != skip ]] || return 0
  if ! command -v dpkg-query >/dev/null; then
    say "no Debian here, so what is needed must be there already: $*"
    return 0
  fi
  forget_policy
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  command="apt-get install --no-install-recommends ${missing[*]}"
  if ((EUID)); then
    die "these Debian packages are missing; install them with: sudo $command"
  fi
  say "installing ${missing[*]}"
  # Two runs at a time: the second waits, and then has less to do or nothing.
  mkdir -p /run/lock
  exec 9>"$PACKAGES_LOCK"
  flock -n 9 || { say "waiting for another run that installs packages" && flock 9; }
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]})); then install_packages "${missing[@]}"; fi
  flock -u 9
  exec 9>&-
}

missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# The servers that come with the packages are for the tests only, which start
# their own: policy-rc.d keeps Debian from starting the system's.
install_packages() {
  local status=0
  if [[ ! -e $POLICY ]] || grep -qF "$POLICY_MARK" "$POLICY"; then
    printf '#!/bin/sh\n%s for the time of one apt-get\nexit 101\n' "$POLICY_MARK" >"$POLICY"
    chmod 755 "$POLICY"
    POLICY_TO_REMOVE=$POLICY
    trap 'status=$?; rm -f -- "$POLICY_TO_REMOVE"; clean_up "$status"' EXIT
  fi
  run_apt "$@" || status=$?
  if [[ ${POLICY_TO_REMOVE:-} ]]; then
    rm -f -- "$POLICY_TO_REMOVE"
    trap clean_up EXIT
  fi
  ((!status)) || die "the packages could not be installed: $*"
}

# What a killed run has left, unless the apt-get that it is for still runs (and has the lock, as what it inherited).
forget_policy() {
  ((EUID == 0)) && grep -qsF "$POLICY_MARK" "$POLICY" || return 0
  exec 9>"$PACKAGES_LOCK"
  if flock -n 9; then rm -f -- "$POLICY"; fi
  exec 9>&-
}

run_apt() {
  export DEBIAN_FRONTEND=noninteractive
  run_quietly "apt-get update" "$WORK/apt-update.log" apt-get update || return
  # To its end, also when this script is told to end: dpkg must not be cut off.
  say "apt-get install, to its end whatever signals come (it may wait ten minutes for another one)"
  quietly "apt-get install" "$WORK/apt-install.log" setsid -- \
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 "$@" </dev/null
}

# Sets CARGO. The build of ext-php-rs is made anew whenever PATH is another one,
# so cargo gets that of the caller, who may have built already.
need_cargo() {
  local path=$CALLERS_PATH
  PATH=$path command -v cargo >/dev/null || path+=:${CARGO_HOME:-$HOME/.cargo}/bin
  CARGO=(env "PATH=$path" cargo)
  PATH=$path command -v cargo >/dev/null || die "cargo is missing: install the Rust tools as https://rustup.rs says"
}
