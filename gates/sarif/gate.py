"""Takes in the SARIF log of any scanner; each of its rules is a check."""

import json
import os
import sys
from pathlib import Path

LEVELS = ["none", "note", "warning", "error"]


def runs(path):
    """The runs of a log; refuses what is no SARIF, and a run that did not finish."""
    try:
        log = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        sys.exit(f"{path.name} is not whole JSON ({error}): look at whether the scanner finished")
    if not isinstance(log, dict) or log.get("version") != "2.1.0":
        sys.exit(f"{path.name} is not SARIF of version 2.1.0: have the scanner write that version")
    if not log.get("runs"):
        sys.exit(f"{path.name} has no run of a scanner, so nothing was judged")
    for run in log["runs"]:
        name = run["tool"]["driver"]["name"]
        if run.get("results") is None:
            sys.exit(f"{path.name}: the run of {name} has no results, not even an empty list: the scanner did not look")
        if any(it.get("executionSuccessful") is False for it in run.get("invocations") or []):
            sys.exit(f"{path.name}: {name} says that its run failed: look at its own log")
        yield name, run


def rules(run):
    """The rules of a run by id: of the scanner and of its extensions."""
    parts = [run["tool"]["driver"], *(run["tool"].get("extensions") or [])]
    return {rule["id"]: rule for part in parts for rule in part.get("rules") or []}


def rule_id(result, run):
    """The id of a result's rule, which may be named by its place in the list."""
    rule = result.get("rule") or {}
    index = result.get("ruleIndex", rule.get("index", -1))
    listed = run["tool"]["driver"].get("rules") or []
    found = result.get("ruleId") or rule.get("id")
    return found or (listed[index]["id"] if 0 <= index < len(listed) else "unnamed")


def level(result, rule):
    """The level of a result, by the standard's own defaults; none for what is no finding any more."""
    if result.get("baselineState") == "absent" or result.get("kind", "fail") in ("pass", "informational", "notApplicable"):
        return "none"
    if any(it.get("status", "accepted") == "accepted" for it in result.get("suppressions") or []):
        return "none"
    return result.get("level") or (rule.get("defaultConfiguration") or {}).get("level") or "warning"


def place(result):
    """Where a result is, as file:line."""
    for location in result.get("locations") or []:
        physical = location.get("physicalLocation") or {}
        uri = (physical.get("artifactLocation") or {}).get("uri")
        if uri:
            line = (physical.get("region") or {}).get("startLine")
            return f"{uri}:{line}" if line else uri
    return "no place"


def check(name, rule, found, least):
    """One rule as a check: failed where a finding has the level that fails."""
    failing = [it for it in found if LEVELS.index(it[0]) >= least]
    word = (rule.get("shortDescription") or {}).get("text") or rule.get("name") or ""
    message = f"{name}: nothing found that fails"
    if failing:
        message = f"{name}: {len(failing)} findings, the first at {failing[0][1]}: {failing[0][2]}"
    examples = [{"level": it[0], "place": it[1], "message": it[2]} for it in found[:5]]
    return {
        "id": name, "outcome": "failed" if failing else "passed", "message": message[:1000], "value": len(failing),
        "limit": 0, "evidence": {"rule": word, "findings": len(found), "examples": examples},
    }


def judge(ask):
    """A check for every rule that a scanner looked at, and one for each scanner."""
    least = LEVELS.index(ask["parameters"]["fail_on"])
    checks, counts = {}, dict.fromkeys(LEVELS, 0)
    for tool, run in runs(Path(ask["parameters"]["log"])):
        known, found = rules(run), {}
        for result in run["results"]:
            name = rule_id(result, run)
            how = level(result, known.get(name) or {})
            if how not in LEVELS:
                sys.exit(f"the level of a finding of {name} is '{how}', which is none of {', '.join(LEVELS)}")
            counts[how] += 1
            said = (result.get("message") or {}).get("text") or ""
            found.setdefault(name, []).append((how, place(result), said))
        for name in sorted({*known, *found}):
            items = [it for it in found.get(name, []) if it[0] != "none"]
            checks[f"{tool}/{name}"] = check(f"{tool}/{name}", known.get(name) or {}, items, least)
        total = sum(it["value"] for key, it in checks.items() if key.startswith(tool + "/"))
        checks[tool] = {
            "id": tool, "outcome": "failed" if total else "passed", "value": total, "limit": 0,
            "message": f"{tool} ran, and {total} of its findings fail"}
    figures = {"errors": counts["error"], "warnings": counts["warning"], "notes": counts["note"]}
    return {"checks": list(checks.values()), "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
