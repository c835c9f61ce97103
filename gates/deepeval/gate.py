"""Takes in a test run of DeepEval; each metric of a test case is a check."""

import json
import math
import os
import sys
from pathlib import Path


def read(path):
    """The test cases of a run; refuses what is no whole run."""
    try:
        run = json.loads(path.read_text())
        run = run.get("testRunData", run)
        cases = [*run["testCases"], *(run.get("conversationalTestCases") or [])]
    except ValueError as error:
        sys.exit(f"{path.name} is not whole JSON ({error}): look at whether DeepEval finished")
    except (KeyError, TypeError, AttributeError):
        sys.exit(f"{path.name} is no test run of DeepEval: it has no 'testCases'")
    counted = [run.get("testPassed"), run.get("testFailed")]
    if None not in counted and sum(counted) != len(cases):
        sys.exit(f"{path.name} counts {sum(counted)} test cases and holds {len(cases)}: look at whether DeepEval finished")
    return cases


def check(case, metric):
    """One metric of a test case as a check: DeepEval's own verdict."""
    own = f"{case['name']}/{metric['name']}"
    score, threshold = metric.get("score"), metric.get("threshold")
    if not isinstance(metric.get("success"), bool):
        sys.exit(f"the metric {own} has no 'success' that is true or false")
    item = {"id": own, "outcome": "passed" if metric["success"] else "failed", "evidence": {}}
    if isinstance(score, (int, float)) and math.isfinite(score):
        item["value"] = score
    elif metric["success"]:
        item["outcome"] = "inconclusive"
    if isinstance(threshold, (int, float)):
        item["limit"] = {"min": threshold}
    why = str(metric.get("error") or metric.get("reason") or "").strip()
    item["message"] = f"{own} {item['outcome']}" + (f": {why}" if why else "")[:500]
    if metric.get("evaluationModel"):
        item["evidence"]["judge"] = metric["evaluationModel"]
    return item


def judge(ask):
    """Every metric of every test case as a check."""
    path, least = Path(ask["parameters"]["results"]), ask["parameters"]["at_least"]
    cases, checks, passed = read(path), [], 0
    if len(cases) < least:
        sys.exit(f"{path.name} has {len(cases)} test cases, and at least {least} are wanted")
    for case in cases:
        metrics = case.get("metricsData") or []
        if not metrics:
            sys.exit(f"the test case '{case.get('name')}' has no metrics, so nothing was judged on it")
        made = [check(case, metric) for metric in metrics]
        failed = [item for item in made if item["outcome"] == "failed"]
        if case.get("success") is False and not failed:
            sys.exit(f"the test case '{case.get('name')}' failed, and none of its metrics says so")
        passed += not failed
        checks += made
    ids = [item["id"] for item in checks]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice:
        sys.exit(f"'{twice}' is there twice, so neither could be told from the other: give test cases names of their own")
    return {"checks": checks, "measurements": {"passed_percent": 100 * passed / len(cases)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
