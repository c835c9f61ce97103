"""An Aequitas audit of the candidate's decisions; each group and parity is a check."""

import json
import math
import os
import sys
import warnings

import pandas
from aequitas.bias import Bias
from aequitas.fairness import Fairness
from aequitas.group import Group

warnings.simplefilter("ignore")

DISPARITIES = {
    "Statistical Parity": "ppr", "Impact Parity": "pprev", "FDR Parity": "fdr", "FPR Parity": "fpr", "FOR Parity": "for",
    "FNR Parity": "fnr", "TPR Parity": "tpr", "TNR Parity": "tnr", "NPV Parity": "npv", "Precision Parity": "precision"}


def same(value, name):
    """Whether a label is the class of that name: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def rows(ask):
    """What Aequitas takes: decisions as score, label_value, and the columns of groups."""
    holdout = pandas.read_parquet(ask["tables"]["holdout"])
    answers = pandas.read_parquet(ask["predictions"]["candidate"])
    groups = ask["parameters"]["groups"]
    if ask["task"] != "binary":
        sys.exit(f"Aequitas audits decisions between two classes, and the task is {ask['task']}")
    if not isinstance(groups, dict) or not groups:
        sys.exit("'groups' is a column with the group that the others are compared with: groups: {sex: m}")
    if holdout.empty:
        sys.exit("the holdout has no rows, so there are no groups to compare")
    for column, reference in groups.items():
        if column not in holdout:
            sys.exit(f"the holdout has no column '{column}', which 'groups' names")
        if holdout[column].isna().any():
            sys.exit(f"the column '{column}' has no value in some rows, so their group is not known: fill them in")
        if str(reference) not in set(holdout[column].astype(str)):
            sys.exit(f"no row of the column '{column}' is of the group '{reference}'")
    wanted = "prediction" if "prediction" in answers else "score"
    if not {"label", wanted} <= set(answers) or answers[["label", wanted]].isna().any(axis=None):
        sys.exit("the candidate's answers are not one for each row, with a label")
    positive = ask["classes"][1]
    decided = answers["score"] >= ask["thresholds"]["candidate"] if wanted == "score" else answers[wanted].map(
        lambda value: same(value, positive))
    table = holdout[list(groups)].astype(str)
    table["score"] = decided.astype(int)
    table["label_value"] = answers["label"].map(lambda value: same(value, positive)).astype(int)
    return table, {column: str(reference) for column, reference in groups.items()}


def check(group, parity, reference):
    """One parity of one group as a check; a disparity that is no number tells nothing."""
    name = DISPARITIES[parity]
    disparity, rate = group[f"{name}_disparity"], group[name]
    own = f"{group['attribute_name']}={group['attribute_value']}/{name}"
    item = {"id": own, "n": int(group["group_size"]), "evidence": {"parity": parity, "reference": reference}}
    if not (math.isfinite(disparity) and math.isfinite(rate)):
        return item | {
            "outcome": "inconclusive", "message": f"{own}: the {name} of the group or of {reference} is not defined"}
    item["evidence"]["rate"] = float(rate)
    return item | {
        "outcome": "passed" if group[parity] else "failed", "value": float(disparity),
        "message": f"{own}: {name} is {rate:.4g}, {disparity:.4g} times that of {reference}"}


def judge(ask):
    """Every group and parity as a check."""
    parities, tau = ask["parameters"]["parities"], ask["parameters"]["tau"]
    unknown = [name for name in parities if name not in DISPARITIES]
    if unknown or not parities:
        sys.exit(f"there is no parity '{''.join(map(str, unknown[:1]))}': name some of {', '.join(DISPARITIES)}")
    table, references = rows(ask)
    counted, _ = Group().get_crosstabs(table, attr_cols=list(references))
    compared = Bias().get_disparity_predefined_groups(
        counted, original_df=table, ref_groups_dict=references, check_significance=False, mask_significance=False)
    audited = Fairness().get_group_value_fairness(compared, tau=tau)
    checks = [
        check(group, parity, references[group["attribute_name"]])
        for _, group in audited.iterrows() for parity in parities
        if group["attribute_value"] != references[group["attribute_name"]]]
    if not checks:
        sys.exit("every column has one group alone, so there is nothing to compare it with")
    for item in checks:
        item["limit"] = {"min": tau, "max": 1 / tau}
    fair = sum(item["outcome"] == "passed" for item in checks)
    return {"checks": checks, "measurements": {"fair_percent": 100 * fair / len(checks)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
