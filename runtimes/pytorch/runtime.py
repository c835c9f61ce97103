"""Scores rows by a PyTorch model: TorchScript, or a state dict with the class it is of."""

import json
import os
import runpy
import sys
import warnings

warnings.simplefilter("ignore")

import pandas  # noqa: E402
import torch  # noqa: E402


def opened(path, parameters):
    """The model, ready to answer; nothing is unpickled but tensors."""
    if ("code" in parameters) != ("class" in parameters):
        sys.exit("'code' and 'class' go together: the file that defines the class, and its name")
    try:
        if "code" not in parameters:
            return torch.jit.load(path, map_location="cpu").eval()
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # PyTorch raises RuntimeError, and pickle what it likes.
        wanted = "a state dict" if "code" in parameters else "TorchScript; for a state dict name 'code' and 'class'"
        sys.exit(f"the model cannot be opened as {wanted}: {' '.join(str(error).split())[:300]}")
    try:
        kind = runpy.run_path(parameters["code"])[parameters["class"]]
        model = kind()
        model.load_state_dict(state)
        return model.eval()
    except KeyError:
        sys.exit(f"{os.path.basename(parameters['code'])} defines no class '{parameters['class']}'")
    except Exception as error:  # Whatever the user's code raises.
        sys.exit(f"the class '{parameters['class']}' cannot be made of the file: {' '.join(str(error).split())[:300]}")


def inputs(rows, features):
    """The features as a matrix of float32, in their order."""
    for name in features:
        if name not in rows or not (pandas.api.types.is_numeric_dtype(rows[name]) or rows[name].dtype == bool):
            sys.exit(f"the feature '{name}' is no column of numbers: make it one by 'derive'")
        if rows[name].isna().any():
            sys.exit(f"the feature '{name}' has no value in some rows: fill it by 'derive'")
    return torch.tensor(rows[features].to_numpy(dtype="float32"))


def answers(model, rows, activation):
    """What the model says of all rows, a row each."""
    try:
        with torch.inference_mode():
            found = torch.cat([model(part) for part in rows.split(8192)])
    except Exception as error:  # A model raises what it likes.
        sys.exit(f"the model cannot score these rows: {' '.join(str(error).split())[:300]}")
    found = found.to(torch.float64).reshape(len(found), -1)
    if len(found) != len(rows):
        sys.exit(f"the model gives {len(found)} answers for {len(rows)} rows")
    return {"none": lambda it: it, "sigmoid": torch.sigmoid, "softmax": lambda it: torch.softmax(it, 1)}[activation](found)


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
    torch.set_num_threads(1)
    torch.manual_seed(ask["seed"])
    model = opened(ask["models"][ask["model"]]["path"], ask["parameters"])
    found = answers(model, inputs(rows, ask["features"]), ask["parameters"]["activation"])
    made = pandas.DataFrame({name: values.numpy() for name, values in table(found, ask["task"], ask["classes"]).items()})
    if made.isna().any(axis=None):
        sys.exit("the model answers with a score that is no number")
    made.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": torch.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
