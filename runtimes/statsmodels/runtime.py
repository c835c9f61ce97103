"""Scores rows by the results of a statsmodels fit."""

import json
import os
import pickle
import sys

import numpy
import pandas
import statsmodels
import statsmodels.api


def opened(ask):
    """The results, as their save() wrote them."""
    try:
        with open(ask["models"][ask["model"]]["path"], "rb") as file:
            results = pickle.load(file)
    except Exception as error:  # A pickle raises whatever it likes.
        sys.exit(f"the model cannot be opened: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    if not hasattr(results, "predict") or not hasattr(results, "params"):
        sys.exit(f"the file holds a {type(results).__name__}, and no results of a fit: save them by results.save(path)")
    return results


def inputs(results, rows, constant):
    """What predict takes: the rows where a formula was fitted, else its columns in order."""
    if hasattr(results.model, "formula"):
        return rows
    names = [name for name in results.model.exog_names if not (constant and name == "const")]
    missing = [name for name in names if name not in rows]
    if missing:
        sys.exit(f"the model takes the column '{missing[0]}', which is not among the features; 'constant' adds 'const'")
    return statsmodels.api.add_constant(rows[names], has_constant="add") if constant else rows[names]


def judge(ask):
    """Writes the scores of all rows; gives the answer."""
    rows = pandas.read_parquet(ask["tables"]["rows"])
    if rows.empty:
        sys.exit("the table has no rows to score")
    results = opened(ask)
    try:
        found = numpy.asarray(results.predict(inputs(results, rows, ask["parameters"]["constant"])), dtype=float)
    except Exception as error:  # A formula runs code of its own.
        sys.exit(f"the model cannot score these rows: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    if len(found) != len(rows) or numpy.isnan(found).any():
        sys.exit(f"the model gives {int((~numpy.isnan(found)).sum())} scores for {len(rows)} rows: fill missing values by 'derive'")
    if found.ndim == 1:
        table = pandas.DataFrame({"score": found})
    elif ask["task"] == "multiclass" and found.shape[1] == len(ask["classes"]):
        table = pandas.DataFrame(dict(zip(ask["classes"], found.T)))
    else:
        sys.exit(f"the model gives {found.shape[1]} scores a row, and the task is {ask['task']} of {len(ask['classes'])} classes")
    table.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": statsmodels.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
