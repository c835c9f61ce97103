"""Fairlearn's differences and ratios between groups, as measurements of both models."""

import json
import math
import os
import sys
import warnings

import pandas
from fairlearn import metrics

NAMES = [
    "demographic_parity_difference", "demographic_parity_ratio", "equalized_odds_difference", "equalized_odds_ratio",
    "equal_opportunity_difference", "equal_opportunity_ratio"]


def same(value, name):
    """Whether a label is the class of that name: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def groups(ask):
    """The group of every row of the holdout: the values of its sensitive columns."""
    holdout, sensitive = pandas.read_parquet(ask["tables"]["holdout"]), ask["parameters"]["sensitive"]
    if ask["task"] != "binary":
        sys.exit(f"these figures are of models that decide between two classes, and the task is {ask['task']}")
    if not sensitive:
        sys.exit("'sensitive' names no column: name those whose values are the groups")
    if holdout.empty:
        sys.exit("the holdout has no rows, so there are no groups to compare")
    for column in sensitive:
        if column not in holdout:
            sys.exit(f"the holdout has no column '{column}', which 'sensitive' names")
        missing = int(holdout[column].isna().sum())
        if missing:
            sys.exit(f"the column '{column}' has no value in {missing} rows, so their group is not known: fill them in")
    return holdout[sensitive].astype(str)


def decisions(ask, role, of):
    """The labels and a model's decisions, as 0 and 1, in the order of the holdout's rows."""
    rows = pandas.read_parquet(ask["predictions"][role])
    wanted = "label" if "label" not in rows else "score" if "prediction" not in rows else "prediction"
    if wanted not in rows:
        sys.exit(f"the answers of the {role} have no column '{wanted}'")
    if len(rows) != len(of) or rows[["label", wanted]].isna().any(axis=None):
        sys.exit(f"the answers of the {role} are not one for each of the {len(of)} rows, with a label")
    positive = ask["classes"][1]
    truth = rows["label"].map(lambda value: same(value, positive)).astype(int)
    if wanted == "score":
        return truth, (rows["score"] >= ask["thresholds"][role]).astype(int), rows.get("weight")
    return truth, rows["prediction"].map(lambda value: same(value, positive)).astype(int), rows.get("weight")


def check(group, truth, least):
    """One group as a check: inconclusive where it has too few rows of a label for its rates to tell anything."""
    counts = {"positives": int(truth.sum()), "negatives": int((1 - truth).sum())}
    small = next((name for name, count in counts.items() if count < least), None)
    own = "/".join(group)
    message = f"the group {own} has {counts['positives']} positives and {counts['negatives']} negatives"
    return {
        "id": f"group/{own}", "outcome": "inconclusive" if small else "passed", "n": len(truth), "evidence": counts,
        "message": message + (f", and at least {least} of each are wanted" if small else "")}


def judge(ask):
    """Every group as a check, and the figures of both models."""
    of, figures, checks = groups(ask), {name: {} for name in NAMES}, []
    for role in ask["predictions"]:
        truth, decided, weight = decisions(ask, role, of)
        if not checks:
            by_group = truth.groupby([of[column] for column in of], observed=True)
            checks = [
                check(key if isinstance(key, tuple) else (key,), rows, ask["parameters"]["min_rows"])
                for key, rows in by_group]
            if len(checks) < 2:
                sys.exit(f"all rows are of one group ({checks[0]['id']}), so there is nothing to compare it with")
        for name in NAMES:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = getattr(metrics, name)(truth, decided, sensitive_features=of, sample_weight=weight)
            if not math.isfinite(value):
                sys.exit(f"fairlearn gives {value} as {name} of the {role}: a group, or all rows, have no row it is of")
            figures[name][role] = float(value)
    return {"checks": checks, "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
