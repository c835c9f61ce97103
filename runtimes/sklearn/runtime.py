"""Scores rows by a scikit-learn model that joblib, pickle or skops saved."""

import json
import os
import sys
import warnings
import zipfile

import joblib
import numpy
import pandas
import sklearn
import skops.io


def opened(ask):
    """The model; refuses one that another version of scikit-learn saved, as its scores may be others."""
    path = ask["models"][ask["model"]]["path"]
    with warnings.catch_warnings():
        warnings.simplefilter("error", sklearn.exceptions.InconsistentVersionWarning)
        try:
            if zipfile.is_zipfile(path):
                return skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))
            return joblib.load(path)
        except sklearn.exceptions.InconsistentVersionWarning as warning:
            sys.exit(
                f"scikit-learn {warning.original_sklearn_version} saved this model, and {sklearn.__version__} is "
                "installed here: copy the runtime's folder and pin the version that trained it")
        except Exception as error:  # A pickle raises whatever it likes.
            sys.exit(f"the model cannot be opened: {type(error).__name__}: {' '.join(str(error).split())[:500]}")


def inputs(model, rows, features):
    """What the model takes: a table where it knows its columns, texts where it has one column of them, else numbers."""
    known = getattr(model, "feature_names_in_", None)
    if known is not None:
        missing = [name for name in known if name not in rows]
        if missing:
            sys.exit(f"the model takes the column '{missing[0]}', and it is not among the features: {', '.join(features)}")
        return rows[list(known)]
    if len(features) == 1 and not pandas.api.types.is_numeric_dtype(rows[features[0]]):
        if rows[features[0]].isna().any():
            sys.exit(f"the text '{features[0]}' is missing in some rows: fill it by 'derive'")
        return rows[features[0]].astype(str)
    return rows[features].to_numpy()


def same(value, name):
    """Whether a class of the model is that of the manifest: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, (float, numpy.floating)) and float(value).is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def places(model, classes):
    """Where each class of the manifest is among those of the model."""
    found = [[at for at, value in enumerate(model.classes_) if same(value, name)] for name in classes]
    unknown = [name for name, at in zip(classes, found) if len(at) != 1]
    if unknown:
        sys.exit(f"the model has no class '{unknown[0]}'; it has: {', '.join(map(str, model.classes_))}")
    return [at[0] for at in found]


def scores(model, rows, task, classes):
    """The answers, as the task has them."""
    if task in ("regression", "ranking"):
        return {"score": numpy.asarray(model.predict(rows), dtype=float)}
    if task == "multilabel":
        flags = model.predict(rows)
        flags = numpy.asarray(flags.todense() if hasattr(flags, "todense") else flags)
        if flags.ndim != 2 or flags.shape[1] != len(classes):
            sys.exit(f"the model answers with {flags.shape[1:] or 1} labels a row, and the manifest has {len(classes)}")
        return {name: flags[:, place].astype(int) for place, name in enumerate(classes)}
    if task not in ("binary", "multiclass"):
        sys.exit(f"this runtime does not score the task {task}")
    at = places(model, classes)
    if hasattr(model, "predict_proba"):
        shares = model.predict_proba(rows)
        return {"score": shares[:, at[1]]} if task == "binary" else dict(zip(classes, shares[:, at].T))
    names = {model.classes_[place]: name for place, name in zip(at, classes)}
    return {"prediction": [names[value] for value in model.predict(rows)]}


def judge(ask):
    """Writes the scores of all rows; gives the answer."""
    rows = pandas.read_parquet(ask["tables"]["rows"])
    if rows.empty:
        sys.exit("the table has no rows to score")
    model = opened(ask)
    try:
        answers = scores(model, inputs(model, rows, ask["features"]), ask["task"], ask["classes"])
    except (ValueError, TypeError, AttributeError) as error:
        sys.exit(f"the model cannot score these rows: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    table = pandas.DataFrame(answers)
    if table.isna().any(axis=None):
        sys.exit("the model answers with a score that is no number")
    table.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": sklearn.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
