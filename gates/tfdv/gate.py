"""Validates the rows by TensorFlow Data Validation; each column is a check."""

import json
import logging
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
logging.disable(logging.CRITICAL)

import pandas  # noqa: E402
import tensorflow_data_validation as tfdv  # noqa: E402


def tables(ask):
    """Both tables; a reference that tells nothing is refused."""
    made = []
    for name in ("reference", "current"):
        table = pandas.read_parquet(ask["tables"][name])
        if len(table) < 2:
            sys.exit(f"the table {name} has {'no rows' if table.empty else 'one row'}, and nothing can be validated on that")
        empty = next((column for column in table if table[column].isna().all()), None)
        if empty is not None:
            sys.exit(f"the column '{empty}' of the table {name} has no value in any row")
        made.append(table)
    return made


def schema_of(parameters, statistics, numbers):
    """The schema, with the bounds of drift; texts are compared by their shares, numbers by their distribution."""
    try:
        schema = tfdv.load_schema_text(parameters["schema"]) if "schema" in parameters else tfdv.infer_schema(statistics)
    except Exception as error:  # What protobuf raises for a text that is no schema.
        sys.exit(f"the schema cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
    if not schema.feature:
        sys.exit("the schema has no column, so nothing would be judged")
    bounds = parameters.get("drift", {})
    if not isinstance(bounds, dict):
        sys.exit("'drift' is a bound for each column: drift: {income: 0.1}")
    known = {feature.name for feature in schema.feature}
    for column, bound in bounds.items():
        if column not in known or not isinstance(bound, (int, float)):
            sys.exit(f"'drift' bounds '{column}' by {bound}, and wants a column of the schema and a number")
        drift = tfdv.get_feature(schema, column).drift_comparator
        (drift.jensen_shannon_divergence if column in numbers else drift.infinity_norm).threshold = bound
    return schema


def check(column, anomaly, drift, rows):
    """One column as a check: what TensorFlow Data Validation has against it."""
    item = {"id": column, "outcome": "passed", "n": rows, "message": f"{column} is as the schema has it", "evidence": {}}
    if drift is not None:
        item |= {"value": drift[0], "limit": {"max": drift[1]}}
        item["message"] += f", at a distance of {drift[0]:.4g} from the reference"
    if anomaly is None:
        return item
    reasons = [{"kind": it[0], "message": it[1]} for it in anomaly]
    return item | {
        "outcome": "failed", "message": f"{column}: {' '.join(it['message'] for it in reasons)}"[:1000],
        "evidence": {"anomalies": reasons}}


def judge(ask):
    """Every column of the schema, and every one that it does not know, as a check."""
    reference, current = tables(ask)
    try:
        before, now = (tfdv.generate_statistics_from_dataframe(table) for table in (reference, current))
    except Exception as error:  # It raises what Arrow and Beam raise.
        sys.exit(f"no statistics can be made of these tables: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
    numbers = {column for column in reference if pandas.api.types.is_numeric_dtype(reference[column])}
    schema = schema_of(ask["parameters"], before, numbers)
    found = tfdv.validate_statistics(now, schema, previous_statistics=before)
    if found.HasField("dataset_anomaly_info"):
        sys.exit(f"TensorFlow Data Validation has something against the table as a whole: {found.dataset_anomaly_info.description}")
    kinds = type(next(iter(found.anomaly_info.values()))).Type if found.anomaly_info else None
    anomalies = {
        name: sorted((kinds.Name(reason.type), reason.description) for reason in info.reason)
        for name, info in found.anomaly_info.items()}
    drifts = {
        it.path.step[0]: (part.value, part.threshold)
        for it in found.drift_skew_info for part in it.drift_measurements if math.isfinite(part.value)}
    names = list(dict.fromkeys([feature.name for feature in schema.feature] + sorted(anomalies)))
    checks = [check(name, anomalies.get(name), drifts.get(name), len(current)) for name in names]
    return {"checks": checks, "measurements": {"anomalies": len(anomalies)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
