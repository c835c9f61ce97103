"""Scores rows by a Keras model, on TensorFlow."""

import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow", "CUDA_VISIBLE_DEVICES": "-1"}

import keras  # noqa: E402
import numpy  # noqa: E402
import pandas  # noqa: E402


def opened(path):
    """The model; in safe mode, so that no code in its file is run."""
    try:
        if not path.endswith((".keras", ".h5")):
            sys.exit("the model's file is called neither *.keras nor *.h5: save it by model.save('model.keras')")
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # Keras raises what each of its parts likes.
        sys.exit(f"the model cannot be opened: {type(error).__name__}: {' '.join(str(error).split())[:400]}")


def inputs(model, rows, features):
    """The features: by the names of the model's inputs where it has several, else as a matrix in their order."""
    for name in features:
        if name not in rows:
            sys.exit(f"the table has no column '{name}'")
        if rows[name].isna().any():
            sys.exit(f"the feature '{name}' has no value in some rows: fill it by 'derive'")
    if len(model.inputs) > 1:
        missing = next((it.name for it in model.inputs if it.name not in features), None)
        if missing:
            sys.exit(f"the model takes the input '{missing}', and it is not among the features: {', '.join(features)}")
        return {it.name: rows[[it.name]].to_numpy().astype(it.dtype) for it in model.inputs}
    text = next((name for name in features if not pandas.api.types.is_numeric_dtype(rows[name])), None)
    if text:
        sys.exit(f"the feature '{text}' is no column of numbers: make it one by 'derive'")
    return rows[features].to_numpy(dtype="float32")


def shares(found, activation):
    """Scores of a model's answers, in double precision."""
    if activation == "sigmoid":
        return 1 / (1 + numpy.exp(-found))
    if activation == "softmax":
        powers = numpy.exp(found - found.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)
    return found


def table(found, task, classes):
    """The answers, as the task has them."""
    width = found.shape[1]
    if task in ("regression", "ranking", "binary") and width == 1:
        return {"score": found[:, 0]}
    if task == "binary" and width == 2:
        return {"score": found[:, 1]}
    if task == "multiclass" and width == len(classes):
        return dict(zip(classes, found.T))
    sys.exit(f"the model gives {width} numbers a row, which is not what the task {task} of {len(classes)} classes takes")


def judge(ask):
    """Writes the scores of all rows; gives the answer."""
    rows = pandas.read_parquet(ask["tables"]["rows"])
    if rows.empty:
        sys.exit("the table has no rows to score")
    keras.utils.set_random_seed(ask["seed"])
    model = opened(ask["models"][ask["model"]]["path"])
    try:
        found = numpy.asarray(model.predict(inputs(model, rows, ask["features"]), batch_size=1024, verbose=0), dtype=float)
    except Exception as error:  # TensorFlow raises what each of its parts likes.
        sys.exit(f"the model cannot score these rows: {type(error).__name__}: {' '.join(str(error).split())[:400]}")
    if len(found) != len(rows):
        sys.exit(f"the model gives {len(found)} answers for {len(rows)} rows")
    found = shares(found.reshape(len(rows), -1), ask["parameters"]["activation"])
    made = pandas.DataFrame(table(found, ask["task"], ask["classes"]))
    if not numpy.isfinite(made.to_numpy()).all():
        sys.exit("the model answers with a score that is no number")
    made.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": keras.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
