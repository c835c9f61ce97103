#!/usr/bin/env bash
# Holds the container files and scripts to their linters, and the wheel to the tag in its name.
set -euo pipefail
cd "$(dirname "$0")/../.."

tools=build/install-tools
if ! cmp -s Tests/install/requirements.txt "$tools/installed.txt"; then
  rm -rf "$tools"
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    --root-user-action=ignore --target "$tools" -r Tests/install/requirements.txt
  cp Tests/install/requirements.txt "$tools/installed.txt"
fi
command -v shellcheck > /dev/null || apt-get install -y -qq --no-install-recommends shellcheck > /dev/null

"$tools/bin/hadolint" packaging/containers/*.Dockerfile
shellcheck packaging/install.sh Tests/install/*.sh

# Only a check: what auditwheel would repair, packaging/payload.py has laid out already.
wheel=$(echo build/dist/gatewright-*.whl)
tag=${wheel##*-py3-none-}
PYTHONPATH=$tools python3 -m auditwheel show "$wheel" > build/auditwheel.txt
tr '\n' ' ' < build/auditwheel.txt | grep -q "consistent with the following platform tag: \"${tag%.whl}\"" || {
  cat build/auditwheel.txt >&2
  echo "not ok: auditwheel does not find the wheel consistent with '${tag%.whl}'" >&2
  exit 1
}
echo "ok: container files, scripts, and the wheel's tag"
