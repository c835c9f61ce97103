"""AI Fairness 360's metrics of two groups, as measurements of both models."""

import json
import logging
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import pandas  # noqa: E402
from aif360.datasets import BinaryLabelDataset  # noqa: E402
from aif360.metrics import ClassificationMetric  # noqa: E402

NAMES = [
    "statistical_parity_difference", "disparate_impact", "equal_opportunity_difference", "average_odds_difference",
    "theil_index"]


def same(value, name):
    """Whether a label is the class of that name: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def groups(ask):
    """1 for each row of the privileged group, 0 for the others."""
    holdout, column = pandas.read_parquet(ask["tables"]["holdout"]), ask["parameters"]["column"]
    if ask["task"] != "binary":
        sys.exit(f"these figures are of decisions between two classes, and the task is {ask['task']}")
    if holdout.empty:
        sys.exit("the holdout has no rows, so there are no groups to compare")
    if column not in holdout:
        sys.exit(f"the holdout has no column '{column}'")
    missing = int(holdout[column].isna().sum())
    if missing:
        sys.exit(f"the column '{column}' has no value in {missing} rows, so their group is not known: fill them in")
    privileged = [str(value) for value in ask["parameters"]["privileged"]]
    of = holdout[column].map(lambda value: any(same(value, name) for name in privileged)).astype(float)
    if of.nunique() < 2:
        sys.exit(f"all rows are of one group by '{column}' and {privileged}, so there is nothing to compare it with")
    return of


def decisions(ask, role, of):
    """The labels and a model's decisions as 1 (the favourable one) and 0, and the weights of the rows."""
    rows = pandas.read_parquet(ask["predictions"][role])
    wanted = "prediction" if "prediction" in rows else "score"
    if not {"label", wanted} <= set(rows) or len(rows) != len(of) or rows[["label", wanted]].isna().any(axis=None):
        sys.exit(f"the answers of the {role} are not one for each of the {len(of)} rows, with a label")
    positive, good = ask["classes"][1], ask["parameters"]["favourable"] == "positive"
    decided = rows["score"] >= ask["thresholds"][role] if wanted == "score" else rows[wanted].map(
        lambda value: same(value, positive))
    truth = rows["label"].map(lambda value: same(value, positive))
    weight = rows["weight"].to_numpy(dtype=float) if "weight" in rows else [1.0] * len(rows)
    return (truth == good).astype(float), (decided == good).astype(float), weight


def measured(of, truth, decided, weight):
    """AI Fairness 360's metric of a model's decisions."""
    made = [
        BinaryLabelDataset(
            df=pandas.DataFrame({"group": of, "label": labels, "weight": weight}), label_names=["label"],
            protected_attribute_names=["group"], instance_weights_name="weight", favorable_label=1, unfavorable_label=0)
        for labels in (truth, decided)]
    return ClassificationMetric(*made, unprivileged_groups=[{"group": 0}], privileged_groups=[{"group": 1}])


def check(name, truth, least):
    """One group as a check: inconclusive where it has too few rows of a label for its rates to tell anything."""
    counts = {"favourable": int(truth.sum()), "unfavourable": int((1 - truth).sum())}
    small = min(counts.values()) < least
    message = f"the {name} group has {counts['favourable']} favourable and {counts['unfavourable']} unfavourable labels"
    return {
        "id": f"group/{name}", "outcome": "inconclusive" if small else "passed", "n": len(truth), "evidence": counts,
        "message": message + (f", and at least {least} of each are wanted" if small else "")}


def judge(ask):
    """Both groups as checks, and the figures of both models."""
    of, checks, figures = groups(ask), [], {name: {} for name in NAMES}
    for role in ask["predictions"]:
        truth, decided, weight = decisions(ask, role, of)
        if not checks:
            checks = [
                check(name, truth[of == value], ask["parameters"]["min_rows"])
                for name, value in (("privileged", 1), ("unprivileged", 0))]
        metric = measured(of, truth, decided, weight)
        for name in NAMES:
            value = float(getattr(metric, name)())
            if not math.isfinite(value):
                sys.exit(f"AI Fairness 360 gives {value} as {name} of the {role}: a group has no row it is of")
            figures[name][role] = value
    return {"checks": checks, "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
