#!/usr/bin/env bash
# Holds the CI templates to the schemas of their systems, and the action's scripts to every exit code.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=build/ci-templates-venv
if ! cmp -s Tests/ci-templates/requirements.txt "$venv/installed.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Tests/ci-templates/requirements.txt
  cp Tests/ci-templates/requirements.txt "$venv/installed.txt"
fi

"$venv/bin/check-jsonschema" --builtin-schema vendor.github-actions ci-templates/github/action.yml
"$venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows ci-templates/github/gatewright.yml

# The schema knows one document: the job, with the inputs' defaults in place.
"$venv/bin/python" Tests/ci-templates/check.py gitlab-job ci-templates/gitlab/gatewright.yml \
  > build/gitlab-job.yml
"$venv/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci build/gitlab-job.yml

"$venv/bin/python" Tests/ci-templates/check.py action ci-templates/github/action.yml
