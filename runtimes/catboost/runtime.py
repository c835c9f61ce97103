"""Scores rows by a CatBoost model."""

import json
import os
import sys

import catboost
import numpy
import pandas


def opened(ask):
    """The model; classifiers know their classes."""
    model = catboost.CatBoostClassifier() if ask["task"] in ("binary", "multiclass") else catboost.CatBoost()
    try:
        return model.load_model(ask["models"][ask["model"]]["path"])
    except (catboost.CatBoostError, ValueError, TypeError) as error:
        sys.exit(f"the model cannot be opened: {' '.join(str(error).split())[:500]}")


def inputs(model, rows, features):
    """The model's columns in its order; categories as texts, as it was taught them."""
    names = model.feature_names_
    if all(name.isdigit() for name in names) and len(names) == len(features):
        names = features
    missing = [name for name in names if name not in rows]
    if missing:
        sys.exit(f"the model takes the column '{missing[0]}', and it is not among the features: {', '.join(features)}")
    rows = rows[names].copy()
    for place in model.get_cat_feature_indices():
        if rows[names[place]].isna().any():
            sys.exit(f"the category '{names[place]}' is missing in some rows: fill it by 'derive', as in training")
        rows[names[place]] = rows[names[place]].astype(str)
    return rows


def same(value, name):
    """Whether a class of the model is that of the manifest: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, (float, numpy.floating)) and float(value).is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def scores(model, rows, task, classes):
    """The answers, as the task has them."""
    if task in ("regression", "ranking"):
        return {"score": numpy.asarray(model.predict(rows), dtype=float)}
    if task not in ("binary", "multiclass"):
        sys.exit(f"this runtime does not score the task {task}")
    known = list(model.classes_)
    at = [next((place for place, value in enumerate(known) if same(value, name)), None) for name in classes]
    if None in at:
        sys.exit(f"the model has no class '{classes[at.index(None)]}'; it has: {', '.join(map(str, known))}")
    shares = model.predict_proba(rows)
    return {"score": shares[:, at[1]]} if task == "binary" else dict(zip(classes, shares[:, at].T))


def judge(ask):
    """Writes the scores of all rows; gives the answer."""
    rows = pandas.read_parquet(ask["tables"]["rows"])
    if rows.empty:
        sys.exit("the table has no rows to score")
    model = opened(ask)
    try:
        table = pandas.DataFrame(scores(model, inputs(model, rows, ask["features"]), ask["task"], ask["classes"]))
    except (catboost.CatBoostError, ValueError, TypeError) as error:
        sys.exit(f"the model cannot score these rows: {' '.join(str(error).split())[:500]}")
    if table.isna().any(axis=None):
        sys.exit("the model answers with a score that is no number")
    table.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": catboost.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
