"""Audits GitHub's files with zizmor, and runs the hooks with pre-commit itself."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import TEMPLATES, lay_out

TOOLS = pathlib.Path(sys.executable).parent
# A program that fails where the file beside the manifest says so.
PROGRAM = '#!/bin/sh\n[ "$2" = --manifest ] || exit 64\n[ ! -e "$1-fails" ]\n'


def run(*words, folder=".", **environment):
    """Runs a tool; its exit code."""
    return subprocess.run(
        words, cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, **environment}).returncode


def hooks(folder):
    """Commits and pushes in a repository with the hooks; a program that fails stops each."""
    lay_out("pre-commit", folder)
    program = folder / "tools/gatewright"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    given = {"folder": folder, "PATH": f"{program.parent}:{TOOLS}:{os.environ['PATH']}",
             "PRE_COMMIT_HOME": str(folder / ".cache"), "HOME": str(folder)}
    for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
        assert run("git", "config", "--global", name, value, **given) == 0
    assert run("git", "init", "--quiet", "--bare", "remote.git", **given) == 0
    assert run("git", "init", "--quiet", "--initial-branch=main", **given) == 0
    assert run("git", "remote", "add", "origin", str(folder / "remote.git"), **given) == 0
    assert run("pre-commit", "validate-config", ".pre-commit-config.yaml", **given) == 0, "the file is refused"
    assert run("pre-commit", "install", **given) == 0
    (folder / "gatewright.yaml").write_text("version: 1\n")
    assert run("git", "add", "gatewright.yaml", ".pre-commit-config.yaml", **given) == 0
    for verb, words in (("validate", ("commit", "--quiet", "-m", "all")), ("check", ("push", "origin", "main"))):
        (folder / f"{verb}-fails").touch()
        assert run("git", *words, **given) != 0, f"a {words[0]} went on although '{verb}' failed"
        (folder / f"{verb}-fails").unlink()
        assert run("git", *words, **given) == 0, f"a {words[0]} was stopped although '{verb}' passed"


subprocess.run(
    [TOOLS / "zizmor", "--offline", "--no-progress", "--quiet", "--min-severity", "medium",
     *sorted(TEMPLATES.glob("github*/*.yml"))], check=True)
with tempfile.TemporaryDirectory() as name:
    hooks(pathlib.Path(name))
print("ok: zizmor finds nothing, and the hooks stop what does not pass")
