"""Takes in the JUnit XML of any tool; each test case is a check."""

import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree


def suites(path):
    """The suites of a file that hold cases themselves; refuses what is no JUnit XML, or only a part of it."""
    text = path.read_bytes()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        sys.exit(f"{path.name} declares a document type, which no JUnit report needs: write it without")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        sys.exit(f"{path.name} is not whole XML ({error}): look at whether the tool finished")
    if root.tag not in ("testsuite", "testsuites"):
        sys.exit(f"{path.name} begins with <{root.tag}>, and JUnit XML with <testsuites> or <testsuite>")
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        counted, all_cases = suite.get("tests"), len(list(suite.iter("testcase")))
        if counted is not None and counted.isdigit() and int(counted) not in (len(cases), all_cases):
            sys.exit(
                f"{path.name} says that the suite '{suite.get('name', '')}' has {counted} tests and holds {all_cases}: "
                "look at whether the tool finished")
        for kind in ("failures", "errors"):
            said, held = suite.get(kind), len(list(suite.iter(kind[:-1])))
            if said is not None and said.isdigit() and int(said) > held:
                sys.exit(
                    f"{path.name} says that the suite '{suite.get('name', '')}' has {said} {kind} and shows {held}: "
                    "look at what the tool wrote")
        yield suite.get("name", ""), cases


def check(suite, case, taken):
    """One case as a check, under an id that no other has."""
    name = ".".join(part for part in (case.get("classname") or suite, case.get("name")) if part) or "case"
    taken[name] = taken.get(name, 0) + 1
    item = {"id": name if taken[name] == 1 else f"{name} ({taken[name]})", "outcome": "passed"}
    said = None
    for kind, outcome in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
        said = case.find(kind)
        if said is not None:
            item["outcome"] = outcome
            break
    words = "" if said is None else ((said.get("message") or said.text or "").strip().splitlines() or [""])[0]
    how = "had an error" if said is not None and said.tag == "error" else item["outcome"]
    item["message"] = (f"{name} {how}" + (f": {words}" if words else ""))[:1000]
    where = {key: case.get(key) for key in ("file", "line") if case.get(key)}
    details = (said.text or "").strip()[-2000:] if said is not None else ""
    item["evidence"] = where | ({"details": details} if details else {})
    return item


def judge(ask):
    """All cases as checks, and how many of them passed."""
    given = Path(ask["parameters"]["report"])
    files = sorted(given.rglob("*.xml")) if given.is_dir() else [given]
    if not files:
        sys.exit(f"{given.name} holds no *.xml: name the folder that the tool writes its reports to")
    taken, checks = {}, []
    for path in files:
        for suite, cases in suites(path):
            checks += [check(suite, case, taken) for case in cases]
    outcomes = [it["outcome"] for it in checks]
    judged, failed = len(checks) - outcomes.count("skipped"), outcomes.count("failed")
    if judged < ask["parameters"]["at_least"]:
        sys.exit(
            f"{given.name} has {judged} test cases that ran, and at least {ask['parameters']['at_least']} are wanted")
    figures = {"passed_percent": 100 * outcomes.count("passed") / judged, "failed": failed}
    return {"checks": checks, "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
