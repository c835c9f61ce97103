"""What the templates are held to: a program that ends as each case says, and what must come of it."""

import importlib.util
import os
import pathlib
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "ci-templates"

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


def places(system):
    """What the system's list says: the template's file, and where it goes."""
    lines = (TEMPLATES / system / "places.txt").read_text().splitlines()
    for line in lines:
        if not line.startswith("#"):
            source, path = line.split(" ")
            yield (TEMPLATES / system / source).resolve(), path


def lay_out(system, folder):
    """Writes the system's files into a repository."""
    for source, path in places(system):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())


def stub(folder, verdict, code):
    """A program that writes what an earlier run did not, counts its runs, and ends as the case says."""
    path = folder / "a program"
    path.write_text(
        "#!/usr/bin/env bash\n"
        'echo run >> "$RUNS"\n'
        '[ "$1" = check ] && [ "$3" = "$EXPECTED_MANIFEST" ] || exit 99\n'
        'for word in "$@"; do case "$word" in json=*) : > "${word#json=}" ;; junit=*) : > "${word#junit=}" ;;\n'
        '  verdict=*) if [ -n "$VERDICT" ]; then echo "$VERDICT" > "${word#verdict=}"; fi ;; esac; done\n'
        "mkdir -p gatewright-reports && echo told > gatewright-reports/annotation.md\n"
        f"exit {code}\n")
    path.chmod(0o755)
    for name, text in (("git", '[ "$1" = fetch ]'), ("buildkite-agent", 'echo "$@" > told; cat >> told')):
        (folder / "bin").mkdir(exist_ok=True)
        (folder / "bin" / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / "bin" / name).chmod(0o755)
    return {"GATEWRIGHT_BINARY": str(path), "VERDICT": verdict, "RUNS": str(folder / "runs"),
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}


def each(system):
    """Each case with a repository that has the system's files, and the program in the environment; its exit codes."""
    for verdict, code, _, wanted in CASES:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            lay_out(system, folder)
            os.environ.update(stub(folder, verdict, code), EXPECTED_MANIFEST="gatewright.yaml")
            yield folder, code, wanted


def module(path):
    """A template in Python, as it is, from a repository."""
    spec = importlib.util.spec_from_file_location("template", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def hold(found, wanted, folder, code, retried=True):
    """Holds what came of a case to what must, and the number of runs to one, or two after 75 where it is retried."""
    runs = (folder / "runs").read_text().count("run")
    assert found == wanted, f"exit code {code}: found {found}, wanted {wanted}"
    assert runs == (2 if retried and code == 75 else 1), f"exit code {code}: {runs} runs"
