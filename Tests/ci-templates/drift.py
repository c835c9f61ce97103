"""Runs the script of the scheduled workflow with a program in place of 'gh', for each verdict and issue."""

import os
import pathlib
import subprocess
import tempfile

from ruamel.yaml import YAML

from cases import TEMPLATES

# The verdict of the run, the number of the open issue, and what is done with 'gh' after the issue was looked for.
CASES = [
    ("passed", "", []),
    ("passed", "7", ["issue close 7"]),
    ("failed", "", ["label create gatewright-drift", "issue create --title"]),
    ("failed", "7", ["issue comment 7"]),
    ("inconclusive", "7", ["issue comment 7"]),
    ("", "", ["label create gatewright-drift", "issue create --title"]),
]
# Gives the number that is asked for; what else it is told it writes down, and fails where it is to.
GH = '#!/bin/sh\n[ -z "$BROKEN" ] || exit 4\ncase "$1 $2" in "issue list") printf "%s" "$NUMBER" ;; *) echo "$*" >> told ;; esac\n'


def run(script, verdict, number, broken=""):
    """The exit code of the script, and what it did."""
    with tempfile.TemporaryDirectory() as name:
        program = pathlib.Path(name, "gh")
        program.write_text(GH)
        program.chmod(0o755)
        given = {"PATH": f"{name}:{os.environ['PATH']}", "VERDICT": verdict, "NUMBER": number, "BROKEN": broken, "RUN": "URL"}
        done = subprocess.run(["bash", "-c", script], cwd=name, env=given, check=False, stdout=subprocess.DEVNULL)
        told = pathlib.Path(name, "told")
        return done.returncode, told.read_text().splitlines() if told.exists() else []


workflow = YAML(typ="safe", pure=True).load((TEMPLATES / "github-drift/gatewright-drift.yml").read_text())
judge, issue = workflow["jobs"]["drift"], workflow["jobs"]["issue"]
assert workflow["permissions"] == {} and judge["permissions"] == {"contents": "read"}, "the judge may do too much"
assert issue["permissions"] == {"issues": "write"} and len(issue["steps"]) == 1, "the job of the issue may do too much"
script = issue["steps"][0]["run"]
assert "${{" not in script, "an expression stands in the script"
for verdict, number, wanted in CASES:
    code, told = run(script, verdict, number)
    fits = len(told) == len(wanted) and all(map(str.startswith, told, wanted))
    assert code == 0 and fits, f"{(verdict, number)}: found {code}, {told}, wanted {wanted}"
    said = verdict or "error"
    assert verdict == "passed" or f"'{said}'" in told[-1] and "URL" in told[-1], f"{(verdict, number)}: found {told}"
assert run(script, "failed", "", broken="yes")[0] != 0, "an issue that cannot be looked for is no error"
print(f"ok: the issue of the scheduled run, {len(CASES) + 1} cases")
