#!/usr/bin/env bash
# Holds the CI templates to the schemas of their systems, and their scripts to every exit code. What needs a system's own
# compiler or runner is in heavy.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."

tools=build/ci-templates-tools
if ! cmp -s Tests/ci-templates/requirements.txt "$tools/installed.txt"; then
  rm -rf "$tools"
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    --root-user-action=ignore --target "$tools" -r Tests/ci-templates/requirements.txt
  cp Tests/ci-templates/requirements.txt "$tools/installed.txt"
fi
export PYTHONPATH=$PWD/$tools

python3 -m check_jsonschema --builtin-schema vendor.github-actions ci-templates/github/action.yml
python3 -m check_jsonschema --builtin-schema vendor.github-workflows ci-templates/github/gatewright.yml \
  ci-templates/github-drift/gatewright-drift.yml

# The schema knows one document: the job, with the inputs' defaults in place.
python3 Tests/ci-templates/check.py gitlab-job ci-templates/gitlab/gatewright.yml \
  > build/gitlab-job.yml
python3 -m check_jsonschema --builtin-schema vendor.gitlab-ci build/gitlab-job.yml

# The schema of Azure has patterns that only Python's dialect reads.
python3 -m check_jsonschema --builtin-schema vendor.azure-pipelines --data-transform azure-pipelines \
  --regex-variant python ci-templates/azure/azure-pipelines.yml ci-templates/azure/steps.yml
python3 -m check_jsonschema --builtin-schema vendor.bitbucket-pipelines ci-templates/bitbucket/bitbucket-pipelines.yml
python3 -m check_jsonschema --builtin-schema vendor.buildkite ci-templates/buildkite/pipeline.yml
python3 -m check_jsonschema --builtin-schema vendor.circle-ci ci-templates/circleci/config.yml
python3 -m check_jsonschema --builtin-schema vendor.woodpecker-ci ci-templates/woodpecker/gatewright.yaml
PYTHONPYCACHEPREFIX=build/pycache python3 -m compileall -q -f ci-templates/airflow ci-templates/dagster ci-templates/kubeflow ci-templates/prefect

python3 Tests/ci-templates/systems.py
python3 Tests/ci-templates/drift.py
python3 Tests/ci-templates/check.py action ci-templates/github/action.yml
python3 Tests/ci-templates/check.py install ci-templates/github/action.yml ci-templates/gitlab/gatewright.yml \
  ci-templates/shell/gatewright.sh

# The manifest's schema accepts what the program accepts, and refuses what its shape alone shows to be wrong.
schema=docs/reference/manifest.schema.json
accepted=(examples/*/gatewright*.yaml)
for manifest in Tests/EndToEndTests/Cases/*/gatewright.yaml; do
  if .build/debug/gatewright validate --manifest "$manifest" > /dev/null 2>&1; then
    accepted+=("$manifest")
  fi
done
[ "${#accepted[@]}" -gt 15 ] || { echo "only ${#accepted[@]} manifests are accepted" >&2; exit 1; }
python3 -m check_jsonschema --schemafile "$schema" "${accepted[@]}"
for case in typo-in-key typo-in-key-of-check unknown-metric several-mistakes-at-once empty-gates no-gates; do
  if python3 -m check_jsonschema --schemafile "$schema" "Tests/EndToEndTests/Cases/$case/gatewright.yaml" \
    > /dev/null; then
    echo "the schema accepts the manifest of '$case'" >&2
    exit 1
  fi
done
