#!/bin/sh
# Installs Gatewright, runs 'gatewright check' and ends with its exit code; with 0 only when the verdict is 'passed'.
# Everything it needs comes from the environment:
#   GATEWRIGHT_WHEEL     the wheel to install: a file of this repository, a URL, or a requirement such as gatewright==0.1.0
#   GATEWRIGHT_SHA256    the SHA-256 of that wheel; no other bytes are installed
#   GATEWRIGHT_BINARY    a program that is on the machine already; then no wheel is installed
#   GATEWRIGHT_MANIFEST  the manifest; default gatewright.yaml
#   GATEWRIGHT_REPORTS   the folder the reports go to; default build/gatewright
#   GATEWRIGHT_TRIES     2: once more after exit code 75, a temporary cause; default 1
set -eu
GATEWRIGHT_WHEEL=${GATEWRIGHT_WHEEL:-}
GATEWRIGHT_SHA256=${GATEWRIGHT_SHA256:-}
GATEWRIGHT_BINARY=${GATEWRIGHT_BINARY:-}
GATEWRIGHT_MANIFEST=${GATEWRIGHT_MANIFEST:-gatewright.yaml}
GATEWRIGHT_REPORTS=${GATEWRIGHT_REPORTS:-build/gatewright}
GATEWRIGHT_TRIES=${GATEWRIGHT_TRIES:-1}

# A report of an earlier job on this machine must not be taken for one of this.
mkdir -p -- "$GATEWRIGHT_REPORTS" || exit 2
rm -f -- "$GATEWRIGHT_REPORTS/report.json" "$GATEWRIGHT_REPORTS/junit.xml" "$GATEWRIGHT_REPORTS/verdict.txt" || exit 2

folder=""
trap 'rm -rf -- ${folder:+"$folder"}' EXIT

refuse() { echo "$1" >&2; exit 64; }
if [ -z "$GATEWRIGHT_BINARY" ]; then
  export LC_ALL=C
  case "$GATEWRIGHT_WHEEL" in
    "") refuse "'wheel' is empty: name a file of this repository, a URL or a requirement such as gatewright==0.1.0" ;;
    -* | *[!A-Za-z0-9_./:=@%?\&+~-]*) refuse "'wheel' has a blank or another character that no wheel needs" ;;
  esac
  case "$GATEWRIGHT_SHA256" in
    *[!0-9a-f]*) refuse "'sha256' is not 64 of the digits 0 to 9 and a to f; 'sha256sum' of the wheel prints it" ;;
  esac
  if [ "${#GATEWRIGHT_SHA256}" -ne 64 ]; then
    refuse "'sha256' has ${#GATEWRIGHT_SHA256} digits, wanted 64; 'sha256sum' of the wheel prints it"
  fi
  folder=$(mktemp -d) || exit 2
  python3 -m venv "$folder/environment" || exit 2
  printf '%s --hash=sha256:%s\n' "$GATEWRIGHT_WHEEL" "$GATEWRIGHT_SHA256" > "$folder/requirements.txt" || exit 2
  "$folder/environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
    --only-binary=:all: --require-hashes -r "$folder/requirements.txt" || exit 2
  GATEWRIGHT_BINARY="$folder/environment/bin/gatewright"
fi

case "$GATEWRIGHT_TRIES" in
  1 | 2) ;;
  *) refuse "GATEWRIGHT_TRIES is '$GATEWRIGHT_TRIES', wanted 1 or 2" ;;
esac
code=75
while [ "$code" -eq 75 ] && [ "$GATEWRIGHT_TRIES" -gt 0 ]; do
  GATEWRIGHT_TRIES=$((GATEWRIGHT_TRIES - 1))
  code=0
  "$GATEWRIGHT_BINARY" check --manifest "$GATEWRIGHT_MANIFEST" \
    --report "json=$GATEWRIGHT_REPORTS/report.json" \
    --report "junit=$GATEWRIGHT_REPORTS/junit.xml" \
    --report "verdict=$GATEWRIGHT_REPORTS/verdict.txt" || code=$?
done
if [ "$code" -eq 0 ] && [ "$(cat -- "$GATEWRIGHT_REPORTS/verdict.txt")" != passed ]; then
  echo "the exit code is 0 and the verdict is not 'passed'" >&2
  code=2
fi
exit "$code"
