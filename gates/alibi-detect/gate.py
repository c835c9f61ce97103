"""Tests by Alibi Detect whether both tables are drawn from the same rows; each detector is a check."""

import json
import logging
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import numpy  # noqa: E402
import pandas  # noqa: E402
import torch  # noqa: E402
from alibi_detect.cd import ClassifierDrift, LSDDDrift, MMDDrift  # noqa: E402
from sklearn.ensemble import RandomForestClassifier  # noqa: E402

DETECTORS = ("mmd", "lsdd", "classifier")


def tables(ask):
    """The columns of both tables, scaled by the reference; at most so many rows of each, drawn by the seed."""
    columns, most = ask["parameters"]["columns"], ask["parameters"]["most_rows"]
    if not columns:
        sys.exit("'columns' names none: name the number columns to look at")
    found = []
    for name in ("reference", "current"):
        table = pandas.read_parquet(ask["tables"][name])
        if len(table) < 20:
            rows = f"{len(table)} rows" if len(table) else "no rows"
            sys.exit(f"the table {name} has {rows}, and at least 20 are wanted for a test of them all")
        for column in columns:
            if column not in table:
                sys.exit(f"the table {name} has no column '{column}'")
            if not pandas.api.types.is_numeric_dtype(table[column]) or table[column].isna().any():
                sys.exit(f"the column '{column}' of the table {name} is not a number in every row: fill it, or leave it out")
        rows = table[columns].to_numpy(dtype=float)
        if len(rows) > most:
            rows = rows[numpy.sort(numpy.random.default_rng(ask["seed"]).choice(len(rows), most, replace=False))]
        found.append(rows)
    middle, width = found[0].mean(axis=0), found[0].std(axis=0)
    if not width.all():
        sys.exit(f"the column '{columns[int(numpy.argmin(width))]}' is the same in every reference row: leave it out")
    return [((rows - middle) / width).astype("float32") for rows in found]


def detector(name, reference, parameters, seed):
    """A detector on the reference, seeded."""
    numpy.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    if name == "classifier":
        forest = RandomForestClassifier(n_estimators=50, min_samples_leaf=10, random_state=seed)
        return ClassifierDrift(
            reference, forest, backend="sklearn", p_val=parameters["p_value"], n_folds=5, seed=seed)
    kind = {"mmd": MMDDrift, "lsdd": LSDDDrift}[name]
    return kind(
        reference, backend="pytorch", p_val=parameters["p_value"], n_permutations=parameters["permutations"],
        device="cpu")


def judge(ask):
    """Every detector as a check, and its distance as a measurement."""
    parameters, checks, figures = ask["parameters"], [], {}
    names = parameters["detectors"]
    unknown = [name for name in names if name not in DETECTORS]
    if unknown or not names or len(set(names)) < len(names):
        sys.exit(f"'detectors' is some of {', '.join(DETECTORS)}, each once")
    reference, current = tables(ask)
    for name in names:
        data = detector(name, reference, parameters, ask["seed"]).predict(current)["data"]
        distance, p_value = float(data["distance"]), float(data["p_val"])
        if not (math.isfinite(distance) and math.isfinite(p_value)):
            sys.exit(f"{name} gives {distance} with p-value {p_value}, which tells nothing")
        figures[name] = distance
        checks.append({
            "id": name, "outcome": "failed" if data["is_drift"] else "passed", "value": p_value,
            "limit": {"min": parameters["p_value"]}, "n": len(current),
            "message": f"{name}: distance {distance:.6g}, p-value {p_value:.4g}: "
                       f"{'the rows moved' if data['is_drift'] else 'no sign that the rows moved'}",
            "evidence": {"distance": distance, "reference_rows": len(reference), "columns": parameters["columns"]}})
    return {"checks": checks, "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
