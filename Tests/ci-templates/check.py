"""What no schema says of the CI templates: inputs stay out of scripts, and every exit code comes through."""

import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

# What the check says, what it exits with, and what the action must say of it.
CASES = [
    ("passed", 0, "passed", 0),
    ("failed", 1, "failed", 1),
    ("error", 2, "error", 2),
    ("inconclusive", 3, "inconclusive", 3),
    ("", 64, "error", 64),
    ("", 75, "error", 75),
    ("", 137, "error", 137),
    ("", 0, "error", 2),
    ("failed", 0, "failed", 2),
    ("passed", 2, "error", 2),
    ("passed\nreport-json=/etc/passwd", 0, "error", 2),
]


def gitlab_job(path):
    """The second document of a component, each input replaced with its default."""
    yaml = YAML(typ="safe", pure=True)
    header, job = pathlib.Path(path).read_text().split("\n---\n")
    inputs = yaml.load(header)["spec"]["inputs"]
    for name in re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", job):
        assert name in inputs, f"'{name}' is not an input"
    for name, value in inputs.items():
        assert f"$[[ inputs.{name} ]]" in job, f"the input '{name}' is never used"
        job = job.replace(f"$[[ inputs.{name} ]]", value["default"])
    script = yaml.load(pathlib.Path(path).read_text().split("\n---\n")[1])
    for entry in script.values():
        assert "$[[" not in "".join(entry["script"]), "an input stands in a script"
    text = io.StringIO()
    yaml.dump(yaml.load(job), text)
    print(text.getvalue())


def action(path):
    """Runs the action's scripts with a program that does what each case says."""
    steps = YAML(typ="safe", pure=True).load(pathlib.Path(path).read_text())["runs"]["steps"]
    for step in steps:
        assert "${{" not in step["run"], f"an expression stands in the script of '{step['name']}'"
    for verdict, code, wanted, exits in CASES:
        with tempfile.TemporaryDirectory() as folder:
            found = conclude(steps, pathlib.Path(folder), verdict, code)
        assert found == (wanted, exits), f"{(verdict, code)}: found {found}, wanted {(wanted, exits)}"
    with tempfile.TemporaryDirectory() as folder:
        code, _ = run(steps[0], pathlib.Path(folder), INPUT_BINARY=program(folder, "", 0), INPUT_VERSION="9")
        assert code == 64, f"another version: found {code}, wanted 64"
        code, _ = run(steps[2], pathlib.Path(folder), VERDICT="", CODE="", TABLE="table.txt")
        assert code == 2, f"no check: found {code}, wanted 2"
    print(f"ok: the action's scripts, {len(CASES) + 2} cases")


def program(folder, verdict, code):
    """A program that writes that verdict and exits with that code."""
    path = pathlib.Path(folder) / "a program"
    path.write_text(
        "#!/usr/bin/env bash\n"
        'if [ "$1" = --version ]; then echo "gatewright 0.1.0"; exit 0; fi\n'
        '[ "$1" = check ] && [ "$3" = "$EXPECTED_MANIFEST" ] || exit 99\n'
        'echo "the table"\n'
        'for word in "$@"; do case "$word" in verdict=*) target="${word#verdict=}" ;; esac; done\n'
        f'if [ -n "$VERDICT_TEXT" ]; then echo "$VERDICT_TEXT" > "$target"; fi\nexit {code}\n'
    )
    path.chmod(0o755)
    return str(path)


def conclude(steps, folder, verdict, code):
    """The verdict and the exit code of the whole action."""
    binary = program(folder, verdict, code)
    status, outputs = run(steps[0], folder, INPUT_BINARY=binary, INPUT_VERSION="0.1.0")
    assert status == 0, "the program was not found"
    manifest = '$(touch pwned) "; exit 0; #.yaml'
    status, outputs = run(
        steps[1], folder, BINARY=outputs["binary"], INPUT_MANIFEST=manifest, INPUT_REPORTS="out put",
        VERDICT_TEXT=verdict, EXPECTED_MANIFEST=manifest)
    assert status == 0 and not (folder / "pwned").exists(), "the check's step did not end well"
    status, _ = run(steps[2], folder, VERDICT=outputs["verdict"], CODE=outputs["exit-code"],
                    TABLE="out put/table.txt")
    summary = (folder / "summary").read_text()
    assert f"**{outputs['verdict']}**" in summary, "the summary lacks the verdict"
    assert "~~~~~~~~text\nthe table\n\n~~~~~~~~\n" in summary, "the summary lacks the table"
    return outputs["verdict"], status


def run(step, folder, **environment):
    """Runs a step; its exit code and outputs."""
    output = folder / "output"
    output.write_text("")
    names = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(folder / "summary")}
    done = subprocess.run(
        ["bash", "-c", step["run"]], cwd=folder, env={"PATH": os.environ["PATH"], **names, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return done.returncode, dict(line.split("=", 1) for line in output.read_text().splitlines())


if __name__ == "__main__":
    {"gitlab-job": gitlab_job, "action": action}[sys.argv[1]](sys.argv[2])
