"""What no schema says of the CI templates: inputs stay out of scripts, and every exit code comes through."""

import hashlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

from ruamel.yaml import YAML

from cases import CASES


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


def install(action_path, component_path, script_path):
    """Installs a wheel by the scripts of the templates, and holds them to its SHA-256."""
    yaml = YAML(typ="safe", pure=True)
    step = yaml.load(pathlib.Path(action_path).read_text())["runs"]["steps"][0]
    component = yaml.load(pathlib.Path(component_path).read_text().split("\n---\n")[1])
    (job,) = component.values()
    script = "\n".join(["set -e", *job["before_script"], 'echo "binary=$GATEWRIGHT_BINARY" >> "$GITHUB_OUTPUT"'])
    # The program of the small wheel gives no verdict; the script ends with its temporary folder still to be removed.
    lone, _, judges = pathlib.Path(script_path).read_text().partition('case "$GATEWRIGHT_TRIES"')
    lone += 'echo "binary=$GATEWRIGHT_BINARY" >> "$GITHUB_OUTPUT"\n'
    templates = [
        ("action", "bash", step["run"], "INPUT_"), ("component", "sh", script, "GATEWRIGHT_"),
        ("script", "sh", lone, "GATEWRIGHT_"),
    ]
    assert judges and "make " not in step["run"] + "".join(job["before_script"]) + lone, "a template builds from source"
    for name, shell, script, prefix in templates:
        with tempfile.TemporaryDirectory() as folder:
            installs(name, shell, script, prefix, pathlib.Path(folder))
    print("ok: the templates install a wheel by its SHA-256, and nothing else")


def installs(name, shell, script, prefix, folder):
    """Runs one template's script with the right hash, with wrong ones, and with names that are none."""
    wheel, digest = tiny_wheel(folder)
    other = "0" * 64
    cases = [
        (wheel, digest, 0), (wheel, other, None), (wheel, "", 64), (wheel, digest[:-1], 64), (wheel, digest[:-1] + "g", 64),
        (wheel, digest + "\n" + digest, 64), ("", digest, 64), ("--index-url=x", digest, 64),
        (wheel + "\nanother", digest, 64), (wheel + " --no-deps", digest, 64), ("$(touch pwned).whl", digest, 64),
    ]
    for said, sha256, wanted in cases:
        given = {prefix + "WHEEL": said, prefix + "SHA256": sha256, prefix + "BINARY": "", prefix + "VERSION": "0.1.0",
                 "GATEWRIGHT_REPORTS": "out", "PIP_NO_INDEX": "1", "RUNNER_TEMP": str(folder), "TMPDIR": str(folder)}
        code, outputs = run({"run": script}, folder, shell=shell, **given)
        fits = code == wanted if wanted is not None else code not in (0, 64)
        assert fits, f"{name}: {said!r}, {sha256!r}: found {code}, wanted {wanted}"
        assert not (folder / "pwned").exists(), f"{name}: {said!r} was run"
        assert code != 0 or outputs["binary"].endswith("/environment/bin/gatewright"), f"{name}: found {outputs}"


def tiny_wheel(folder):
    """A wheel with a program that says a version, as the real one is laid out; its name and SHA-256."""
    name = "gatewright-0.1.0-py3-none-any.whl"
    members = {
        "gatewright-0.1.0.data/scripts/gatewright": "#!/bin/sh\necho gatewright 0.1.0\n",
        "gatewright-0.1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: gatewright\nVersion: 0.1.0\n",
        "gatewright-0.1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n",
    }
    record = "gatewright-0.1.0.dist-info/RECORD"
    members[record] = "".join(f"{member},,\n" for member in [*members, record])
    with zipfile.ZipFile(folder / name, "w") as archive:
        for member, text in members.items():
            entry = zipfile.ZipInfo(member)
            entry.external_attr = (0o100755 if "/scripts/" in member else 0o100644) << 16
            archive.writestr(entry, text)
    return name, hashlib.sha256((folder / name).read_bytes()).hexdigest()


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


def run(step, folder, shell="bash", **environment):
    """Runs a step; its exit code and outputs."""
    output = folder / "output"
    output.write_text("")
    names = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(folder / "summary")}
    done = subprocess.run(
        [shell, "-c", step["run"]], cwd=folder, env={"PATH": os.environ["PATH"], **names, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return done.returncode, dict(line.split("=", 1) for line in output.read_text().splitlines())


if __name__ == "__main__":
    {"gitlab-job": gitlab_job, "action": action, "install": install}[sys.argv[1]](*sys.argv[2:])
