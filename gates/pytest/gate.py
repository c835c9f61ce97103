"""Runs a folder of pytest tests against the candidate and takes in pytest's own report."""

import contextlib
import json
import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ENDINGS = {
    2: "was interrupted, or could not read a test file",
    3: "had an error of its own",
    4: "was called in a way it does not know",
    5: "found no tests: name files test_*.py and functions test_*, or look at 'select'",
}


def run(ask):
    """Runs the tests; gives pytest's report as XML, its status, and the folder of the tests."""
    tests = Path(ask["parameters"]["tests"]).resolve()
    folder = tests if tests.is_dir() else tests.parent
    report = Path(ask["scratch"]) / "report.xml"
    request = Path(ask["scratch"]) / "request.json"
    request.write_text(json.dumps(ask))
    words = [
        str(tests), "-q", "--tb=short", "--rootdir", str(folder), "-p", "no:cacheprovider", "-p", "candidate",
        "--junitxml", str(report), "-o", "junit_family=xunit1",
    ]
    if ask["parameters"].get("select"):
        words += ["-k", ask["parameters"]["select"]]
    os.environ["GATEWRIGHT_REQUEST"] = str(request)
    os.chdir(folder)
    with contextlib.redirect_stdout(sys.stderr):
        status = int(pytest.main(words))
    if status not in (0, 1):
        sys.exit(f"pytest {ENDINGS.get(status, f'ended with status {status}')}")
    return ElementTree.parse(report).getroot(), status, folder


def check(case, folder):
    """One test as a check."""
    name = ".".join(part for part in (case.get("classname"), case.get("name")) if part)
    for kind, outcome in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
        found = case.find(kind)
        if found is not None:
            said = (found.get("message") or "").strip().splitlines()
            message = f"{name} {'had an error' if kind == 'error' else outcome}" + (f": {said[0]}" if said else "")
            text = re.sub(r" at 0x[0-9a-f]+", "", (found.text or "").replace(f"{folder}/", ""))
            evidence = {"file": case.get("file"), "details": text.strip()[-2000:]}
            return {"id": name, "outcome": outcome, "message": message[:1000], "evidence": evidence}
    return {"id": name, "outcome": "passed", "message": f"{name} passed", "evidence": {"file": case.get("file")}}


def judge(ask):
    """All tests as checks, and the share of them that passed."""
    report, status, folder = run(ask)
    checks = [check(case, folder) for case in report.iter("testcase")]
    ids, outcomes = [it["id"] for it in checks], [it["outcome"] for it in checks]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice:
        sys.exit(f"two tests are called {twice}, so neither could be told from the other: rename one")
    judged = len(checks) - outcomes.count("skipped")
    if judged == 0:
        sys.exit(f"all {len(checks)} tests were skipped, so nothing was judged")
    if (status == 1) != ("failed" in outcomes):
        sys.exit(f"pytest ended with status {status}, and its report has {outcomes.count('failed')} failed tests")
    return {"checks": checks, "measurements": {"passed_percent": 100 * outcomes.count("passed") / judged}}


if __name__ == "__main__":
    place = os.environ.pop("GATEWRIGHT_ANSWER")  # So that no test writes an answer by mistake.
    answer = judge(json.load(sys.stdin))
    with open(place, "w") as file:
        json.dump(answer, file, allow_nan=False)
