"""The fairness gate beside fairlearn's MetricFrame: a million rows, whole processes."""

import drift

ROWS = 1_000_000
ATTRIBUTES = ["sex", "age_band", "region"]
METRICS = {
    "demographic_parity_difference": "max: 0.5", "demographic_parity_ratio": "min: 0.2",
    "equal_opportunity_difference": "max: 0.5", "equalized_odds_difference": "max: 0.5",
    "predictive_parity_difference": "max: 0.5", "false_omission_rate_difference": "max: 0.5",
    "accuracy_difference": "max: 0.5", "selection_rate_group_min": "min: 0.01",
}

# Two models, three attributes one by one, three calls each and no interval, as the scripts that gate on fairlearn do it.
FAIRLEARN = """
import sys
import pandas as pd
from fairlearn.metrics import (MetricFrame, count, demographic_parity_difference, equalized_odds_difference,
                               false_positive_rate, selection_rate, true_positive_rate)
from sklearn.metrics import accuracy_score
path, attributes = sys.argv[1:]
rows = pd.read_parquet(path)
y = rows["label"].to_numpy()
metrics = dict(accuracy=accuracy_score, selection_rate=selection_rate, tpr=true_positive_rate,
               fpr=false_positive_rate, count=count)
for model in ("champion", "candidate"):
    decisions = (rows[model].to_numpy() >= 0.5).astype(int)
    for name in attributes.split(","):
        MetricFrame(metrics=metrics, y_true=y, y_pred=decisions, sensitive_features=rows[name]).by_group
        demographic_parity_difference(y, decisions, sensitive_features=rows[name])
        equalized_odds_difference(y, decisions, sensitive_features=rows[name])
"""


def data(folder):
    """Labels, two models' scores and three attributes, made from hashes of the row's number."""
    import duckdb

    path = folder / f"fairness_{ROWS}.parquet"
    if not path.exists():
        u = [f"((hash(i + {(k + 1) * 1000000007}) + 1e0) / 18446744073709551617e0)" for k in range(6)]
        duckdb.sql(f"""
            COPY (
              SELECT i AS id, label, sex, age_band, region,
                1 / (1 + exp(1.1 - 1.7 * label - 0.2 * (sex = 'm')::INT - 0.7 * ln(a / (1 - a)))) AS champion,
                1 / (1 + exp(1.1 - 1.9 * label - 0.1 * (sex = 'm')::INT - 0.7 * ln(b / (1 - b)))) AS candidate
              FROM (SELECT i, ({u[0]} < 0.24)::INT AS label, CASE WHEN {u[1]} < 0.5 THEN 'm' ELSE 'f' END AS sex,
                ['<25', '25-40', '40-60', '60+'][1 + floor(4 * {u[2]})::INT] AS age_band,
                ['north', 'south', 'east', 'west', 'centre'][1 + floor(5 * {u[3]})::INT] AS region,
                {u[4]} AS a, {u[5]} AS b FROM range({ROWS}) t(i))) TO '{path}' (FORMAT parquet)""")
    return path


def manifest(folder, path):
    crosses = [ATTRIBUTES[:2], [ATTRIBUTES[0], ATTRIBUTES[2]], ATTRIBUTES[1:], ATTRIBUTES]
    by = ", ".join(ATTRIBUTES + [f"[{', '.join(cross)}]" for cross in crosses])
    lines = "\n".join(f"      {name}: {{{limit}}}" for name, limit in METRICS.items())
    yaml = folder / "fairness-gate.yaml"
    yaml.write_text(f"""version: 1
name: bench
task: binary
data: {{holdout: {{path: {path.name}, label: label, id: id}}}}
models:
  champion: {{predictions: {path.name}, score: champion}}
  candidate: {{predictions: {path.name}, score: candidate}}
gates:
  - gate: fairness
    by: [{by}]
    metrics:
{lines}
""")
    return yaml


def compare(folder, program, measure, row):
    path = data(folder)
    yaml = manifest(folder, path)
    ours, memory = measure([program, "check", "--manifest", yaml], 5, cwd=folder)
    row(f"fairness gate: {len(METRICS)} metrics with intervals, three attributes and their four crosses, {ROWS:,} rows",
        f"{ours:.2f} s, {memory:.0f} MB", "shown only", True)
    python = drift.environment(folder, "fairlearn")
    theirs, peak = measure([python, "-c", FAIRLEARN, path, ",".join(ATTRIBUTES)], 1, cwd=folder)
    row("fairlearn's MetricFrame of the three attributes, without any interval", f"{theirs:.1f} s, {peak:.0f} MB",
        "shown only", True)
    row("fairlearn over ours", f"{theirs / ours:.0f}x", "at least 200x", theirs >= 200 * ours)
    row("our memory over fairlearn's", f"{memory / peak:.2f}", "at most 0.33", 3 * memory <= peak)
