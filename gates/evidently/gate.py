"""Runs an Evidently report with tests on both tables; each test is a check."""

import json
import math
import os
import runpy
import sys
import warnings

warnings.simplefilter("ignore")
os.environ["DO_NOT_TRACK"] = "1"

import evidently  # noqa: E402
import evidently.presets  # noqa: E402
import pandas  # noqa: E402

OUTCOMES = {"SUCCESS": "passed", "FAIL": "failed", "WARNING": "inconclusive", "SKIPPED": "skipped"}


def tables(ask):
    """Both tables, held to what can be compared."""
    reference, current = (pandas.read_parquet(ask["tables"][name]) for name in ("reference", "current"))
    wanted = ask["parameters"].get("columns") or list(reference.columns)
    for name, table in (("reference", reference), ("current", current)):
        if len(table) < 2:
            found = "no rows" if table.empty else "one row"
            sys.exit(f"the table {name} has {found}, and nothing can be compared on that")
        missing = [column for column in wanted if column not in table]
        if missing:
            sys.exit(f"the table {name} has no column '{missing[0]}': name the columns to look at under 'columns'")
        empty = [column for column in wanted if table[column].isna().all()]
        if empty:
            sys.exit(f"the column '{empty[0]}' of the table {name} has no value: leave it out under 'columns'")
    return reference[wanted], current[wanted]


def contents(parameters):
    """What the report holds, and what its columns are."""
    if "report" in parameters:
        try:
            found = runpy.run_path(parameters["report"])
        except Exception as error:  # Whatever the user's file raises.
            sys.exit(f"the report cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
        if not isinstance(found.get("metrics"), list) or not found["metrics"]:
            sys.exit("the report's file defines no 'metrics': write metrics = [DataDriftPreset(), MeanValue(column=…)]")
        return found["metrics"], found.get("definition")
    names = parameters["presets"]
    unknown = [it for it in names if not str(it).isidentifier() or not hasattr(evidently.presets, it)]
    if unknown or not names:
        sys.exit(f"Evidently has no preset '{unknown[0]}'" if unknown else "'presets' names none")
    return [getattr(evidently.presets, name)() for name in names], None


def figure(metric, test):
    """The figure that a test is of, where it is one."""
    value = metric["value"]
    if isinstance(value, dict):
        value = value.get("count" if (test.get("bound_test") or {}).get("is_count") else "share")
    return value if isinstance(value, (int, float)) and math.isfinite(value) else None


def check(test, metrics, taken):
    """One test as a check; its id has no figure in it, so it is the same in every run."""
    metric = metrics[test["metric_config"]["metric_id"]]
    config = metric["config"]
    kind = config["type"].split(":")[-1]
    column = config.get("column") or ""
    own = f"{kind}({column})/{test['id']}" if column else f"{kind}/{test['id']}"
    taken[own] = taken.get(own, 0) + 1
    own = own if taken[own] == 1 else f"{own} ({taken[own]})"
    status = getattr(test["status"], "value", test["status"])
    if status not in OUTCOMES:
        sys.exit(f"Evidently could not run the test {own} ({status}): {test['description'][:500]}")
    evidence = {"metric": metric["metric_name"], "test": test["name"]}
    evidence |= {key: config[key] for key in ("method", "threshold") if config.get(key) is not None}
    return {
        "id": own, "outcome": OUTCOMES[status], "message": f"{own}: {test['description']}"[:1000],
        "value": figure(metric, test), "evidence": evidence}


def judge(ask):
    """Every test of the report as a check."""
    reference, current = tables(ask)
    metrics, definition = contents(ask["parameters"])
    try:
        made = [evidently.Dataset.from_pandas(it, data_definition=definition) for it in (current, reference)]
        result = evidently.Report(metrics, include_tests=True).run(*made).dict()
    except Exception as error:  # Evidently raises whatever its libraries raise.
        sys.exit(f"Evidently could not make the report: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    by_id, taken = {it["id"]: it for it in result["metrics"]}, {}
    checks = [check(test, by_id, taken) for test in result["tests"]]
    judged = sum(it["outcome"] != "skipped" for it in checks)
    if not judged:
        sys.exit("the report has no test that ran, so nothing was judged: give its metrics tests")
    figures = {"success_percent": 100 * sum(it["outcome"] == "passed" for it in checks) / judged}
    drifted = [it["value"]["count"] for it in result["metrics"] if it["config"]["type"].endswith(":DriftedColumnsCount")]
    return {"checks": checks, "measurements": figures | ({"drifted_columns": drifted[0]} if drifted else {})}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
