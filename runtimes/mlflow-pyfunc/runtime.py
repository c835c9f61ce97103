"""Scores rows by an MLflow model, by its Python function; its folder was zipped."""

import json
import logging
import os
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")
os.environ |= {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_TRACKING_URI": "file:/nowhere", "GIT_PYTHON_REFRESH": "quiet"}
logging.disable(logging.WARNING)

import mlflow.pyfunc  # noqa: E402
import numpy  # noqa: E402
import pandas  # noqa: E402


def opened(path, scratch):
    """The model of a zip; its file MLmodel tells where it begins."""
    folder = os.path.join(scratch, "model")
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    except (zipfile.BadZipFile, OSError) as error:
        sys.exit(f"the model is no zip of a model's folder ({error}): make one by 'cd model && zip -r ../model.zip .'")
    found = [place for place, _, files in sorted(os.walk(folder)) if "MLmodel" in files]
    if not found:
        sys.exit("the zip has no file MLmodel: zip the folder that save_model wrote")
    try:
        return mlflow.pyfunc.load_model(found[0])
    except Exception as error:  # MLflow raises its own and what the flavour's library raises.
        sys.exit(f"the model cannot be opened: {type(error).__name__}: {' '.join(str(error).split())[:400]}")


def same(value, name):
    """Whether a class of the model is that of the manifest: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, (float, numpy.floating)) and float(value).is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def table(found, task, classes, answers):
    """The answers, as the task has them."""
    found = found if isinstance(found, pandas.DataFrame) else pandas.DataFrame(numpy.asarray(found))
    if task in ("regression", "ranking") and found.shape[1] == 1:
        return {"score": found.iloc[:, 0].astype(float)}
    if task not in ("binary", "multiclass"):
        sys.exit(f"the model gives {found.shape[1]} answers a row, which is not what the task {task} takes")
    if found.shape[1] == len(classes):
        named = [[column for column in found if same(column, name)] for name in classes]
        shares = found[[it[0] for it in named]] if all(len(it) == 1 for it in named) else found
        return {"score": shares.iloc[:, 1]} if task == "binary" else dict(zip(classes, shares.to_numpy().T))
    if found.shape[1] != 1:
        sys.exit(f"the model gives {found.shape[1]} answers a row, and there are {len(classes)} classes")
    only = found.iloc[:, 0]
    if answers == "scores":
        return {"score": only.astype(float)}
    names = [next((name for name in classes if same(value, name)), None) for value in only]
    if None in names:
        sys.exit(
            f"the model answers {only.iloc[names.index(None)]!r}, which is none of the classes {', '.join(classes)}: "
            "for probabilities say with: {answers: scores}")
    return {"prediction": names}


def judge(ask):
    """Writes the scores of all rows; gives the answer."""
    rows = pandas.read_parquet(ask["tables"]["rows"])
    if rows.empty:
        sys.exit("the table has no rows to score")
    missing = next((name for name in ask["features"] if name not in rows), None)
    if missing:
        sys.exit(f"the table has no column '{missing}'")
    model = opened(ask["models"][ask["model"]]["path"], ask["scratch"])
    try:
        found = model.predict(rows[ask["features"]])
    except Exception as error:  # A model raises what it likes.
        sys.exit(f"the model cannot score these rows: {type(error).__name__}: {' '.join(str(error).split())[:400]}")
    made = pandas.DataFrame(table(found, ask["task"], ask["classes"], ask["parameters"]["answers"]))
    if len(made) != len(rows) or made.isna().any(axis=None):
        sys.exit("the model does not answer with one score for each row")
    made.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": mlflow.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
