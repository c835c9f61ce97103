"""MLflow's evaluation of the answers, held against its thresholds; each threshold is a check."""

import json
import logging
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ |= {"MLFLOW_DISABLE_TELEMETRY": "true", "GIT_PYTHON_REFRESH": "quiet"}
logging.disable(logging.CRITICAL)

import mlflow  # noqa: E402
import pandas  # noqa: E402
from mlflow.models import MetricThreshold  # noqa: E402

CLASSES = ("accuracy_score", "f1_score", "precision_score", "recall_score")
NUMBERS = ("mean_absolute_error", "root_mean_squared_error", "r2_score", "max_error")


def same(value, name):
    """Whether a label is the class of that name: 1, 1.0 and '1' are the same, and so are True and 'true'."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() == name.lower()


def answers(ask, role):
    """The labels and a model's decisions or numbers, as MLflow takes them."""
    rows, task, classes = pandas.read_parquet(ask["predictions"][role]), ask["task"], ask["classes"]
    if len(rows) < 2:
        sys.exit(f"the answers of the {role} have {'no rows' if rows.empty else 'one row'}, and nothing can be told from that")
    if "label" not in rows or rows.isna().any(axis=None):
        sys.exit(f"the answers of the {role} have no label, or miss a value in some rows")
    if task in ("regression", "ranking"):
        return rows["label"].astype(float), rows["score"]
    place = {name: index for index, name in enumerate(classes)}
    found = [next((place[name] for name in classes if same(value, name)), None) for value in rows["label"]]
    if None in found:
        sys.exit("a label is none of the classes")
    truth = pandas.Series(found)
    if task == "binary" and "score" in rows:
        return truth, (rows["score"] >= ask["thresholds"][role]).astype(int)
    if "prediction" in rows:
        return truth, rows["prediction"].map(lambda value: next(place[name] for name in classes if same(value, name)))
    if task == "multiclass":
        return truth, pandas.Series(rows[[f"score.{name}" for name in classes]].to_numpy().argmax(axis=1))
    sys.exit(f"MLflow evaluates no {task}")


def evaluated(ask, role):
    """MLflow's result for a model."""
    truth, found = answers(ask, role)
    kind = "regressor" if ask["task"] in ("regression", "ranking") else "classifier"
    data = pandas.DataFrame({"target": truth.to_numpy(), "prediction": found.to_numpy()})
    words = {"log_model_explainability": False} | ({"pos_label": 1} if ask["task"] == "binary" else {})
    try:
        return mlflow.models.evaluate(
            data=data, targets="target", predictions="prediction", model_type=kind, evaluators="default",
            evaluator_config=words)
    except Exception as error:  # MLflow raises its own and what its libraries raise.
        sys.exit(f"MLflow cannot evaluate the {role}: {type(error).__name__}: {' '.join(str(error).split())[:400]}")


def check(name, words, results):
    """One threshold as a check: MLflow's own verdict."""
    known = results["candidate"].metrics
    if name not in known:
        sys.exit(f"MLflow gives no metric '{name}' here, which 'thresholds' bounds; it gives: {', '.join(known)}")
    try:
        threshold = MetricThreshold(**words)
        mlflow.validate_evaluation_results(
            {name: threshold}, candidate_result=results["candidate"], baseline_result=results.get("champion"))
        outcome, said = "passed", f"{name} is {results['candidate'].metrics[name]:.6g}, within its thresholds"
    except mlflow.models.evaluation.validation.ModelValidationFailedException as failure:
        outcome, said = "failed", " ".join(str(failure).split())
    except (mlflow.MlflowException, TypeError, KeyError) as error:
        sys.exit(f"the threshold of '{name}' cannot be judged: {' '.join(str(error).split())[:400]}")
    item = {"id": name, "outcome": outcome, "message": said[:1000], "value": known[name]}
    return item | {"n": int(known["example_count"]), "evidence": {"threshold": words}}


def judge(ask):
    """Every threshold as a check, and the figures of both models."""
    thresholds = ask["parameters"].get("thresholds", {})
    if not isinstance(thresholds, dict) or not all(isinstance(it, dict) and it for it in thresholds.values()):
        sys.exit("'thresholds' is what MetricThreshold takes, by metric: {f1_score: {threshold: 0.7, greater_is_better: true}}")
    mlflow.set_tracking_uri(f"sqlite:///{ask['scratch']}/mlflow.db")
    mlflow.set_experiment(experiment_id=mlflow.create_experiment("gate", artifact_location=f"file:{ask['scratch']}/runs"))
    results = {role: evaluated(ask, role) for role in ask["predictions"]}
    names = NUMBERS if ask["task"] in ("regression", "ranking") else CLASSES
    figures = {name: {role: float(it.metrics[name]) for role, it in results.items()} for name in names}
    lost = next((name for name in names if not all(map(math.isfinite, figures[name].values()))), None)
    if lost:
        sys.exit(f"MLflow gives no number as {lost}")
    return {"checks": [check(name, words, results) for name, words in thresholds.items()], "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
