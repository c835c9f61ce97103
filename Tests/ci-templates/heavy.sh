#!/usr/bin/env bash
# Holds the CI templates to the systems' own compilers and runners, each with its pinned packages: half a gigabyte, some
# minutes. A client of kfp comes as source only. For some alone: Tests/ci-templates/heavy.sh kfp lint
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1

systems=("$@")
[ "$#" -gt 0 ] || systems=(lint kubernetes kfp dagster prefect airflow jenkins)
for system in "${systems[@]}"; do
  if [ "$system" = jenkins ]; then
    command -v groovy > /dev/null || { echo "groovy is missing; run: apt-get install groovy" >&2; exit 1; }
    JAVA_HOME=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")} \
      python3 Tests/ci-templates/heavy/run_jenkins.py
    continue
  fi
  list=Tests/ci-templates/heavy/$system.txt
  [ -f "$list" ] || { echo "there is no '$list'; wanted one of: lint kubernetes kfp dagster prefect airflow jenkins" >&2; exit 1; }
  tools=build/ci-templates-heavy/$system
  if ! cmp -s "$list" "$tools/installed.txt"; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --prefer-binary \
      --require-hashes -r "$list"
    cp "$list" "$tools/installed.txt"
  fi
  if ! "$tools/bin/python" "Tests/ci-templates/heavy/run_$system.py" > "$tools/log" 2>&1; then
    tail -n 40 "$tools/log" >&2
    exit 1
  fi
  grep '^ok: ' "$tools/log"
done
