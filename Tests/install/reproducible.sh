#!/usr/bin/env bash
# Builds the commit in two clones, in folders of other names and lengths, and compares what comes out byte by byte.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "not ok: $1" >&2
  exit 1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
clones=("$scratch/one" "$scratch/another-place/with-a-longer-name")
for clone in "${clones[@]}"; do
  mkdir -p "$(dirname "$clone")"
  git clone --quiet . "$clone"
  make -C "$clone" wheel tarball deb > "$clone.log" 2>&1 || { tail -n 20 "$clone.log" >&2; exit 1; }
done
diff -r "${clones[0]}/build/dist" "${clones[1]}/build/dist" || fail "two builds differ"
# What the payload holds is what all three hold.
# The libraries of others may name the machines that those were built on; this one stands in none of them.
words=("$scratch" "$(pwd)")
host=$(uname -n)
# A short name stands in any file by chance.
[ "${#host}" -lt 6 ] || words+=("$host")
for word in "${words[@]}"; do
  ! grep -rlaF -- "$word" "${clones[0]}"/build/payload-* || fail "the files above hold '$word'"
done
home=${HOME:-/root}/
! grep -rlaF -- "$home" "${clones[0]}"/build/payload-*/{bin,share} || fail "the files above hold '$home'"
echo "ok: two builds are the same bytes, and hold nothing of this machine:"
cat "${clones[0]}"/build/dist/*.sha256
