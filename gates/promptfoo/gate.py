"""Takes in the results of promptfoo; each test case and provider is a check."""

import json
import math
import os
import sys
from pathlib import Path


def read(path):
    """The results of a file with their counts; refuses what is no whole file of promptfoo."""
    try:
        text = json.loads(path.read_text())
        found = text["results"]["results"]
        stats = text["results"]["stats"]
        counts = [stats["successes"], stats["failures"], stats.get("errors", 0)]
    except ValueError as error:
        sys.exit(f"{path.name} is not whole JSON ({error}): look at whether promptfoo finished")
    except (KeyError, TypeError):
        sys.exit(f"{path.name} is no output of promptfoo eval: it has no 'results' with 'results' and 'stats'")
    if sum(counts) != len(found):
        sys.exit(f"{path.name} counts {sum(counts)} results and holds {len(found)}: look at whether promptfoo finished")
    return found


def name(result, taken):
    """An id that is the same in every run: the provider, the prompt, and what the test is called or its place."""
    provider = result.get("provider")
    provider = provider.get("label") or provider.get("id") if isinstance(provider, dict) else provider
    test = (result.get("testCase") or {}).get("description") or f"test {result.get('testIdx', 0) + 1}"
    own = f"{provider or 'provider'}/prompt {result.get('promptIdx', 0) + 1}/{test}"
    taken[own] = taken.get(own, 0) + 1
    return own if taken[own] == 1 else f"{own} ({taken[own]})"


def check(result, taken):
    """One result as a check: promptfoo's own verdict."""
    own, success, score = name(result, taken), result.get("success"), result.get("score")
    if not isinstance(success, bool):
        sys.exit(f"the result of {own} has no 'success' that is true or false")
    grading = result.get("gradingResult") or {}
    failed = [
        {"type": (it.get("assertion") or {}).get("type"), "reason": str(it.get("reason"))[:300]}
        for it in grading.get("componentResults") or [] if not it.get("pass")]
    why = str(result.get("error") or grading.get("reason") or "").strip().splitlines()
    item = {"id": own, "outcome": "passed" if success else "failed"}
    item["message"] = f"{own} {item['outcome']}" + (f": {why[0][:500]}" if why and not success else "")
    item["evidence"] = {"failed_assertions": failed[:20]} if failed else {}
    if isinstance(score, (int, float)) and math.isfinite(score):
        item["value"] = score
    return item


def judge(ask):
    """Every result as a check."""
    path, least, taken = Path(ask["parameters"]["results"]), ask["parameters"]["at_least"], {}
    checks = [check(result, taken) for result in read(path)]
    if len(checks) < least:
        sys.exit(f"{path.name} has {len(checks)} results, and at least {least} are wanted")
    figures = {"passed_percent": 100 * sum(it["outcome"] == "passed" for it in checks) / len(checks)}
    scores = [it["value"] for it in checks if "value" in it]
    return {"checks": checks, "measurements": figures | (
        {"mean_score": sum(scores) / len(scores)} if len(scores) == len(checks) else {})}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
