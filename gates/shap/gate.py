"""How much each column matters to the candidate, by SHAP, and how that moved since the reference."""

import json
import os
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")

import lightgbm  # noqa: E402
import numpy  # noqa: E402
import pandas  # noqa: E402
import shap  # noqa: E402
import skops.io  # noqa: E402


def tables(ask):
    """The model's columns of both tables; at most so many rows of each, drawn by the seed."""
    columns, most, made = ask["parameters"]["columns"], ask["parameters"]["rows"], []
    if len(columns) < 2:
        sys.exit("'columns' names fewer than two columns, and one alone has all the importance")
    for name in ("reference", "current"):
        table = pandas.read_parquet(ask["tables"][name])
        if len(table) < 20:
            rows = f"{len(table)} rows" if len(table) else "no rows"
            sys.exit(f"the table {name} has {rows}, and at least 20 are wanted to tell what matters")
        for column in columns:
            if column not in table:
                sys.exit(f"the table {name} has no column '{column}'")
            if table[column].isna().all():
                sys.exit(f"the column '{column}' of the table {name} has no value in any row")
        table = table[columns]
        made.append(table.sample(most, random_state=ask["seed"]) if len(table) > most else table)
    return made


def explainer(path, reference, seed):
    """What explains the model: its trees for LightGBM, permutations of its answers for scikit-learn."""
    columns = list(reference.columns)
    try:
        if not zipfile.is_zipfile(path):
            booster = lightgbm.Booster(model_file=path)
            if booster.num_feature() != len(columns):
                sys.exit(f"the model takes {booster.num_feature()} columns, and 'columns' names {len(columns)}")
            return shap.TreeExplainer(booster)
        model = skops.io.load(path, trusted=[])
    except Exception as error:  # Each library has errors of its own.
        sys.exit(f"the model is neither LightGBM's text nor a file of skops that can be opened: {' '.join(str(error).split())[:300]}")

    def answers(rows):
        table = pandas.DataFrame(rows, columns=columns)
        return model.predict_proba(table)[:, 1:] if hasattr(model, "predict_proba") else model.predict(table)

    masker = shap.maskers.Independent(reference, max_samples=50)
    return shap.PermutationExplainer(answers, masker, seed=seed)


def shares(explain, rows):
    """The share of each column in the mean absolute SHAP value."""
    try:
        values = numpy.abs(explain(rows).values)
    except Exception as error:  # A model raises what it likes.
        sys.exit(f"the model cannot be explained on these rows: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
    means = values.reshape(len(rows), len(rows.columns), -1).mean(axis=(0, 2))
    if not numpy.isfinite(means).all() or means.sum() <= 0:
        sys.exit("no column matters to the model: its answer is the same for all rows")
    return means / means.sum()


def judge(ask):
    """A check for each column with a bound, and the figures of all."""
    bounds = ask["parameters"].get("most_share", {})
    reference, current = tables(ask)
    columns = list(reference.columns)
    if not isinstance(bounds, dict) or not all(isinstance(it, (int, float)) and 0 <= it <= 1 for it in bounds.values()):
        sys.exit("'most_share' is a share for each column: most_share: {region: 0.1}")
    unknown = next((name for name in bounds if name not in columns), None)
    if unknown:
        sys.exit(f"'most_share' bounds '{unknown}', which is none of 'columns'")
    explain = explainer(ask["models"]["candidate"]["path"], reference, ask["seed"])
    before, now = shares(explain, reference), shares(explain, current)
    checks = []
    for place, column in enumerate(columns):
        if column in bounds:
            share = float(now[place])
            checks.append({
                "id": column, "outcome": "failed" if share > bounds[column] else "passed", "value": share,
                "limit": {"max": bounds[column]}, "n": len(current), "evidence": {"reference": float(before[place])},
                "message": f"{column} has {share:.4g} of the importance, {before[place]:.4g} in the reference"})
    figures = {"importance_change": float(numpy.abs(now - before).sum() / 2), "top_share": float(now.max())}
    return {"checks": checks, "measurements": {name: min(value, 1.0) for name, value in figures.items()}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
