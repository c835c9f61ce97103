"""Runs a Deepchecks suite on both tables; each condition is a check."""

import json
import logging
import os
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
os.environ["DEEPCHECKS_ENABLE_TELEMETRY"] = "false"

import pandas  # noqa: E402
from deepchecks.core import CheckFailure, errors  # noqa: E402
from deepchecks.tabular import Dataset, suites  # noqa: E402

OUTCOMES = {"PASS": "passed", "FAIL": "failed", "WARN": "inconclusive"}
NOT_FOR_THESE = (errors.DatasetValidationError, errors.DeepchecksNotSupportedError, errors.ModelValidationError)


def tables(ask):
    """Both tables as Deepchecks takes them, held to what can be compared."""
    parameters, made = ask["parameters"], []
    label, categories = parameters.get("label"), parameters["categories"]
    for name in ("reference", "current"):
        table = pandas.read_parquet(ask["tables"][name])
        if len(table) < 2:
            sys.exit(f"the table {name} has {'no rows' if table.empty else 'one row'}, and nothing can be compared on that")
        columns = parameters.get("columns") or list(made[0].data.columns if made else table.columns)
        wanted = [*columns, *categories, *([label] if label else [])]
        missing = next((column for column in wanted if column not in table), None)
        if missing is not None:
            sys.exit(f"the table {name} has no column '{missing}'")
        wanted = list(dict.fromkeys(wanted))
        empty = next((column for column in wanted if table[column].isna().all()), None)
        if empty is not None:
            sys.exit(f"the column '{empty}' of the table {name} has no value in any row: leave it out under 'columns'")
        made.append(Dataset(table[wanted], label=label, cat_features=[it for it in categories if it != label]))
    return made


def chosen(parameters):
    """The suite, with the checks that are asked for."""
    suite = getattr(suites, parameters["suite"])()
    if parameters["checks"]:
        names = {type(check).__name__: place for place, check in suite.checks.items()}
        unknown = next((name for name in parameters["checks"] if name not in names), None)
        if unknown:
            sys.exit(f"the suite {parameters['suite']} has no check '{unknown}'; it has: {', '.join(names)}")
        for name, place in names.items():
            if name not in parameters["checks"]:
                suite.remove(place)
    return suite


def checks_of(result):
    """The conditions of one of Deepchecks' checks, each as a check; one that these tables are not for is skipped."""
    name = type(result.check).__name__
    if isinstance(result, CheckFailure):
        said = " ".join(str(result.exception).split())[:300]
        if isinstance(result.exception, NOT_FOR_THESE):
            return [{"id": name, "outcome": "skipped", "message": f"{name} is not for these tables: {said}"}]
        sys.exit(f"Deepchecks could not run {name}: {type(result.exception).__name__}: {said}")
    made = []
    for condition in result.conditions_results:
        outcome = OUTCOMES.get(condition.category.value)
        details = " ".join(condition.details.split())
        if outcome is None:
            sys.exit(f"Deepchecks could not judge {name}/{condition.name}: {details[:300]}")
        made.append({
            "id": f"{name}/{condition.name}", "outcome": outcome, "message": f"{condition.name}: {details}"[:1000],
            "evidence": {"details": condition.details}})
    return made


def judge(ask):
    """Every condition of the suite as a check."""
    suite = chosen(ask["parameters"])
    reference, current = tables(ask)
    both = ask["parameters"]["suite"] == "train_test_validation"
    try:
        results = (suite.run(reference, current) if both else suite.run(current)).results
    except Exception as error:  # Deepchecks raises its own and what its libraries raise.
        sys.exit(f"Deepchecks cannot run the suite: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    checks = [check for result in results for check in checks_of(result)]
    checks.sort(key=lambda check: check["id"])
    judged = [check for check in checks if check["outcome"] != "skipped"]
    if not judged:
        sys.exit("no check of the suite is for these tables, so nothing was judged")
    held = sum(check["outcome"] == "passed" for check in judged)
    return {"checks": checks, "measurements": {"success_percent": 100 * held / len(judged)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
