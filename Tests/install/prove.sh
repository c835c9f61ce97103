#!/bin/sh
# Proves an installed program: all libraries are found, one candidate passes and one is blocked, a first manifest is
# written and judged, the templates are there.
#
#   prove.sh PROGRAM EXAMPLE SCRATCH    the program's file, the folder examples/loan-default, an empty folder to write in
#
# Runs with nothing but a shell and coreutils, as an ordinary user.
set -eu
program=$1
example=$2
scratch=$3

fail() {
  echo "prove.sh: $1" >&2
  exit 1
}

# expect CODE TEXT WORDS…: runs the program, wants that exit code and that text in what it prints.
expect() {
  wanted=$1
  text=$2
  shift 2
  code=0
  "$program" "$@" > "$scratch/said" 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || { cat "$scratch/said" >&2; fail "'gatewright $*' exits with $code, wanted $wanted"; }
  grep -q -- "$text" "$scratch/said" || { cat "$scratch/said" >&2; fail "'gatewright $*' does not say '$text'"; }
}

[ "$(id -u)" != 0 ] || fail "this is for an ordinary user, and it is run by root"
[ ! -e "${HOME:-/nonexistent}" ] || fail "this is for a user without a home, and there is '$HOME'"

expect 0 "^gatewright " --version
expect 0 "^gatewright " doctor
for library in duckdb onnx lightgbm xgboost; do
  grep -q "^  found    $library " "$scratch/said" || fail "doctor does not find $library"
done
! grep -q "unknown version" "$scratch/said" || fail "doctor does not know the version of a library"

cp -R "$example" "$scratch/demo"
rm -rf "$scratch/demo/build"
cd "$scratch/demo"
expect 0 "^verdict: passed (exit code 0)" check
expect 1 "^verdict: failed (exit code 1)" check --manifest gatewright-blocked.yaml
# The example has LightGBM judged against ONNX; the same with XGBoost, which was trained on the numbers alone.
sed -e 's|models/candidate.lightgbm.txt|models/candidate.xgboost.ubj|' \
  -e '/^      - region$/d' -e '/^      - purpose$/d' -e '/^      - employment$/d' gatewright.yaml > xgboost.yaml
code=0
"$program" check --manifest xgboost.yaml > "$scratch/said" 2>&1 || code=$?
case "$code $(sed -n 's/^verdict: \([a-z]*\) .*/\1/p' "$scratch/said")" in
  "0 passed" | "1 failed" | "3 inconclusive") ;;
  *) cat "$scratch/said" >&2; fail "the model of XGBoost is not judged: exit code $code" ;;
esac

mkdir "$scratch/first"
cd "$scratch/first"
cat > holdout.csv << 'END'
application_id,income,age,region,defaulted
1,52000,34,north,0
2,18000,22,south,1
3,75000,51,north,0
4,31000,45,east,1
5,44000,29,east,0
6,26000,61,south,1
7,88000,38,north,0
8,39000,27,east,0
END
cat > scores.csv << 'END'
application_id,champion,candidate
1,0.20,0.10
2,0.70,0.80
3,0.10,0.05
4,0.40,0.60
5,0.30,0.20
6,0.60,0.70
7,0.05,0.05
8,0.55,0.35
END
expect 0 "^wrote 'gatewright.yaml'" init
expect 0 "^verdict: passed" check

expect 0 "^wrote '.github/workflows/gatewright.yml'" ci github
expect 0 "^wrote " ci gitlab
echo "proved"
