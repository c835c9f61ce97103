"""NannyML's estimate of a model's performance on rows that have no labels yet; each metric is a check."""

import json
import logging
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)
os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import nannyml  # noqa: E402
import numpy  # noqa: E402
import pandas  # noqa: E402
from nannyml.chunk import SizeBasedChunker  # noqa: E402

CLASSES = ("roc_auc", "f1", "precision", "recall", "specificity", "accuracy", "average_precision")
NUMBERS = ("mae", "mse", "rmse")


def tables(ask):
    """Both tables, held to what the method needs of them; what it must not see is left out."""
    parameters, is_cbpe = ask["parameters"], ask["parameters"]["method"] == "cbpe"
    if not is_cbpe and not parameters["features"]:
        sys.exit("'features' names no column, and dle learns the model's errors from them")
    model = [parameters["prediction"]] + ([parameters["score"]] if is_cbpe else [])
    needed = model + ([] if is_cbpe else parameters["features"])
    made = []
    for name, columns in (("reference", [*needed, parameters["label"]]), ("current", needed)):
        table = pandas.read_parquet(ask["tables"][name])
        if len(table) < 2:
            sys.exit(f"the table {name} has {'no rows' if table.empty else 'one row'}, and nothing can be told from that")
        for column in columns:
            if column not in table:
                sys.exit(f"the table {name} has no column '{column}'")
            if column not in parameters["features"] and table[column].isna().any():
                sys.exit(f"the column '{column}' of the table {name} has no value in some rows")
            if table[column].isna().all():
                sys.exit(f"the column '{column}' of the table {name} has no value in any row")
            known = is_cbpe and column != parameters["score"]
            if known and not set(table[column].unique()) <= {0, 1}:
                sys.exit(f"the column '{column}' of the table {name} holds other values than 0 and 1")
        made.append(table[columns])
    if is_cbpe and made[0][parameters["label"]].nunique() < 2:
        sys.exit(f"all rows of the reference have the same '{parameters['label']}', so nothing can be learned from them")
    return made


def estimator(parameters, metrics, **chunks):
    """NannyML's estimator of the method."""
    if parameters["method"] == "cbpe":
        return nannyml.CBPE(
            y_pred_proba=parameters["score"], y_pred=parameters["prediction"], y_true=parameters["label"],
            problem_type="classification_binary", metrics=metrics, **chunks)
    return nannyml.DLE(
        feature_column_names=parameters["features"], y_pred=parameters["prediction"], y_true=parameters["label"],
        metrics=metrics, **chunks)


def estimates(reference, current, parameters, metrics, **chunks):
    """NannyML's table of estimates of the current rows, a row a chunk."""
    try:
        made = estimator(parameters, metrics, **chunks).fit(reference).estimate(current)
        return made.filter(period="analysis").to_df()
    except Exception as error:  # NannyML raises its own and what its libraries raise.
        sys.exit(f"NannyML cannot estimate: {type(error).__name__}: {' '.join(str(error).split())[:500]}")


def check(metric, chunks, whole, rows):
    """One metric as a check: failed where NannyML raises an alert in a chunk."""
    part = chunks[metric]
    listed = [
        {"rows": str(key), "estimate": float(value), "alert": bool(alert)}
        for key, value, alert in zip(chunks["chunk"]["key"], part["value"], part["alert"])]
    low, high = (numpy.nan if part[name].isna().all() else float(part[name].iloc[0]) for name in
                 ("lower_threshold", "upper_threshold"))
    alerts = sum(it["alert"] for it in listed)
    limit = {name: bound for name, bound in (("min", low), ("max", high)) if math.isfinite(bound)}
    return {
        "id": metric, "outcome": "failed" if alerts else "passed", "value": whole, "n": rows, "limit": limit,
        "message": f"{metric} is estimated as {whole:.4g}; {alerts} of {len(listed)} chunks leave the reference's range",
        "evidence": {"chunks": listed[:50]}}


def judge(ask):
    """Every metric as a check, and its estimate on all current rows as a measurement."""
    parameters = ask["parameters"]
    is_cbpe = parameters["method"] == "cbpe"
    metrics = parameters.get("metrics") or (["roc_auc"] if is_cbpe else ["rmse"])
    unknown = [name for name in metrics if name not in (CLASSES if is_cbpe else NUMBERS)]
    if unknown:
        sys.exit(f"{parameters['method']} does not estimate '{unknown[0]}': it does {', '.join(CLASSES if is_cbpe else NUMBERS)}")
    reference, current = tables(ask)
    size = parameters["chunk_rows"] or len(reference) // 10
    if size < 2 or len(reference) < 2 * size or len(current) < size:
        sys.exit(f"chunks of {size} rows need twice as many in the reference ({len(reference)}) and as many in current ({len(current)})")
    chunks = estimates(reference, current, parameters, metrics, chunker=SizeBasedChunker(size, incomplete="append"))
    whole = estimates(reference, current, parameters, metrics, chunk_number=1)
    figures = {metric: float(whole[metric]["value"].iloc[0]) for metric in metrics}
    lost = [name for name in metrics if not math.isfinite(figures[name]) or chunks[name]["value"].isna().any()]
    if lost:
        sys.exit(f"NannyML gives no number as {lost[0]}: a chunk has too few rows of a class; raise 'chunk_rows'")
    checks = [check(metric, chunks, figures[metric], len(current)) for metric in metrics]
    return {"checks": checks, "measurements": figures}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
