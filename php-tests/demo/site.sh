# shellcheck shell=bash
# The tree of files that the demo works on, in the private directory.

# make_site DIR: a copy of DIR; or, if that is empty, a tree made here.
make_site() {
  local source=$1 megabytes=${EZDB_DEMO_VIDEO_MB:-200} bytes
  mkdir "$SITE"
  if [[ $source ]]; then
    bytes=$(cd -- "$source" && du -s --bytes --apparent-size . | cut -f 1)
    need_space_for "$bytes" "$(printf '%q' "$source")"
    copy_files "$source" || die "not all of it could be copied: $source"
  else
    need_space_for $((megabytes * 1048576)) "the site with its video of $megabytes MB"
    say "making a small site with pictures, documents, and a video of $megabytes MB"
    php_with "$WORK/plain.ini" "$HERE/demo/tree.php" "$SITE" "$megabytes" || die "the site could not be made"
  fi
}

# The files once, the tables with their slack once, the server's own files.
need_space_for() { need_space $(($1 * 5 / 2 + 300000000)) "$2"; }

# Regular files only: a link may lead anywhere, and the handler stores files.
copy_files() {
  local other
  say "copying $(printf '%q' "$1")"
  while IFS= read -r -d '' other; do
    say "skipped, no regular file: $(printf '%q' "$other")"
  done < <(cd -- "$1" && find . ! -type f ! -type d -print0)
  (
    set -o pipefail
    cd -- "$1" && find . -type f -print0 |
      xargs -0 -r cp --parents --reflink=auto --no-preserve=mode --preserve=timestamps --target-directory="$SITE" --
  )
}
