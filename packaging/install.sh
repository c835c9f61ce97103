#!/bin/sh
# Installs Gatewright @VERSION@ out of the folder that this file stands in, or removes it again.
set -eu

usage() {
  cat << END
usage: install.sh [--prefix FOLDER] [--remove]

  --prefix FOLDER  where to: the program goes to FOLDER/bin, all else to FOLDER/lib and FOLDER/share
                   (default: /usr/local for root, else ~/.local)
  --remove         remove what was installed there
END
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

prefix=
remove=
while [ $# -gt 0 ]; do
  case "$1" in
    --prefix)
      [ $# -gt 1 ] || fail "--prefix wants a folder"
      prefix=$2
      shift
      ;;
    --remove) remove=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown word '$1'; install.sh --help shows what there is" ;;
  esac
  shift
done
if [ -z "$prefix" ]; then
  if [ "$(id -u)" = 0 ]; then
    prefix=/usr/local
  elif [ -n "${HOME:-}" ]; then
    prefix=$HOME/.local
  else
    fail "there is no home folder to install into; say where to by --prefix FOLDER"
  fi
fi
case "$prefix" in
  /*) ;;
  *) prefix=$(pwd)/$prefix ;;
esac
cd "$(dirname "$0")"
[ -f SHA256SUMS ] || fail "there is no 'SHA256SUMS' beside this file; unpack the whole archive again"

if [ -n "$remove" ]; then
  while read -r _ file; do
    rm -f -- "$prefix/$file" || fail "'$prefix/$file' could not be removed"
  done < SHA256SUMS
  for folder in lib/gatewright share/gatewright share/doc/gatewright; do
    [ ! -d "$prefix/$folder" ] || find "$prefix/$folder" -depth -type d -exec rmdir {} + 2> /dev/null || true
  done
  echo "removed Gatewright from $prefix"
  exit 0
fi

# What this machine must be.
machine=$(uname -m)
[ "$machine" = "@ARCH@" ] || fail "this machine is $machine, and the program is for @ARCH@; take the archive for $machine"
glibc=$(getconf GNU_LIBC_VERSION 2> /dev/null) \
  || fail "this system has no glibc, or none that tells its version; glibc @GLIBC@ or newer is wanted, so Alpine and other systems on musl cannot run this"
newer=$(printf '%s\n' "@GLIBC@" "${glibc#glibc }" | sort -V | head -n 1)
[ "$newer" = "@GLIBC@" ] || fail "this system has $glibc, and glibc @GLIBC@ or newer is wanted, as in Debian 12, Ubuntu 22.04 or RHEL 9"

# What was unpacked must be what was packed, and must start here.
damaged=$(sha256sum --check --quiet SHA256SUMS 2>&1) \
  || fail "the archive was not unpacked whole, unpack it again: $(echo "$damaged" | head -n 1)"
said=$(bin/gatewright doctor 2>&1) || fail "the program or one of its libraries does not start here, so nothing was installed: $said"

# All is written under other names first, so that a full or read-only disk leaves what was there as it was.
mark=.gatewright-new.$$
clean() {
  while read -r _ file; do
    [ ! -e "$prefix/$file$mark" ] || rm -f -- "$prefix/$file$mark"
  done < SHA256SUMS
}
trap 'clean' EXIT
trap 'exit 1' HUP INT TERM
while read -r _ file; do
  cause=$(mkdir -p -- "$(dirname "$prefix/$file")" 2>&1 && cp -- "$file" "$prefix/$file$mark" 2>&1) \
    || fail "'$prefix/$file' could not be written, so nothing was installed: $cause"
done < SHA256SUMS
while read -r _ file; do
  mv -f -- "$prefix/$file$mark" "$prefix/$file"
done < SHA256SUMS
echo "installed Gatewright @VERSION@ in $prefix; 'gatewright init' writes a first manifest"
case ":$PATH:" in
  *":$prefix/bin:"*) ;;
  *) echo "$prefix/bin is not in PATH: add it, or call $prefix/bin/gatewright" ;;
esac
