"""The drift gate beside Evidently and a Polars script: all default checks of a million rows a side, whole processes."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 1_000_000
MOVED = {"int_rate", "revol_util", "purpose", "grade"}
NORMAL = "sqrt(-2 * ln({0})) * cos(2 * pi() * {1})"
# Twenty numbers and eight texts as of a credit portfolio: what is moved in the current rows is made of {cur}, 0 or 1.
NUMBERS = {
    "annual_income": f"round(exp(10.9 + 0.55 * {NORMAL}), 2)",
    "loan_amount": f"CAST(25 * least(greatest(round(exp(9.4 + 0.6 * {NORMAL}) / 25), 20), 1600) AS BIGINT)",
    "int_rate": f"round(least(greatest(11.5 + 4.1 * {NORMAL} + 0.9 * {{cur}}, 3.99), 35.99), 2)",
    "dti": "CASE WHEN {2} < 0.03 THEN NULL ELSE round(-5 * ln({0} * {1} * {3}), 2) END",
    "fico": f"CAST(least(greatest(round(700 + 44 * {NORMAL}), 300), 850) AS BIGINT)",
    "emp_length": "CASE WHEN {2} < 0.06 THEN NULL ELSE floor(least(-7 * ln({0}), 45)) END",
    "revol_bal": "round(9000 * (pow({0}, -1 / 2.2) - 1), 2)",
    "revol_util": f"CASE WHEN {{2}} < 0.01 THEN NULL ELSE round(least(greatest((48 + 24.7 * {NORMAL}) * (1 + 0.06 * {{cur}}), 0), 160), 1) END",
    "open_acc": "CAST(floor(-4 * ln({0} * {1} * {2})) AS BIGINT)",
    "total_acc": "CAST(floor(-8 * ln({0} * {1} * {2})) AS BIGINT)",
    "delinq_2yrs": "CAST(floor(-0.5 * ln({0})) AS BIGINT)", "inq_last_6m": "CAST(floor(-ln({0})) AS BIGINT)",
    "mths_since_delinq": "CASE WHEN {2} < 0.55 THEN NULL ELSE floor(120 * pow({0}, 1.3)) END",
    "pub_rec": "CAST({0} < 0.09 AS BIGINT)", "tot_cur_bal": f"round(exp(11.3 + 1.1 * {NORMAL}), 2)",
    "avg_txn_amt": f"round(35 + 20 * {NORMAL} / sqrt(-ln({{2}})), 3)", "n_txn_30d": "CAST(floor(-19 * ln({0} * {1})) AS BIGINT)",
    "bal_volatility": "round(-0.35 * ln({0}), 5)", "util_trend": f"round(0.2 * {NORMAL}, 6)",
    "bureau_score2": f"CASE WHEN {{2}} < 0.1 THEN NULL ELSE round(CASE WHEN {{3}} < 0.3 THEN 420 + 60 * {NORMAL} ELSE 650 + 45 * {NORMAL} END, 1) END",
}
TEXTS = {
    "term": "CASE WHEN {0} < 0.3 THEN '60m' ELSE '36m' END",
    "home_ownership": "CASE WHEN {0} < 0.48 THEN 'MORTGAGE' WHEN {0} < 0.88 THEN 'RENT' WHEN {0} < 0.985 THEN 'OWN' ELSE 'OTHER' END",
    "purpose": "CASE WHEN {1} < 0.09 * {cur} AND {0} < 0.34 THEN 'small_business' ELSE 'purpose_' || floor(14 * {0} * {0}) END",
    "verification": "'verified_' || floor(3 * {0})", "state": "printf('ST%02d', CAST(floor(51 * {0} * {1}) AS INT))",
    "grade": f"chr(CAST(65 + least(greatest(round(2 + 1.2 * {NORMAL} + 0.27 * {{cur}}), 0), 6) AS INT))",
    "sector": "CASE WHEN {1} < 0.02 THEN NULL ELSE printf('sector_%02d', CAST(floor(25 * {0}) AS INT)) END",
    "merchant_code": "printf('m%04d', CAST(floor(pow(200, {0})) AS INT))",
}
FEATURES = {**NUMBERS, **TEXTS}


def data(folder):
    """A file of each side, made from hashes of the row's number."""
    import duckdb

    paths = [folder / f"drift_{side}_{ROWS}.parquet" for side in ("reference", "current")]
    for side, path in enumerate(paths):
        if path.exists():
            continue
        parts = []
        for place, (name, formula) in enumerate(FEATURES.items()):
            shares = [f"((hash(i + {((side * 64 + place) * 4 + k + 1) * 1000000007}) + 1e0) / 18446744073709551617e0)" for k in range(4)]
            parts.append(f"{formula.format(*shares, cur=side)} AS {name}")
        duckdb.sql(f"COPY (SELECT i AS id, {', '.join(parts)}, CAST(hash(i) % 5 = 0 AS INT) AS label FROM range({ROWS}) t(i)) "
                   f"TO '{path}' (FORMAT parquet)")
    return paths


def environment(folder, tool):
    """An environment with the tool's pinned packages."""
    place = folder / f"venv-{tool}"
    if not (place / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run(
            [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "--no-deps", "--only-binary=:all:", "-r", str(ROOT / "benchmarks" / f"requirements-{tool}.txt")], check=True)
        (place / "complete").touch()
    return place / "bin" / "python"


EVIDENTLY = """
import sys, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from evidently import Dataset, DataDefinition, Report
from evidently.presets import DataDriftPreset
reference, current, numbers, texts = sys.argv[1:]
definition = DataDefinition(id_column="id", numerical_columns=numbers.split(","), categorical_columns=texts.split(","))
sides = [Dataset.from_pandas(pd.read_parquet(p), data_definition=definition) for p in (current, reference)]
print(len(Report([DataDriftPreset()], include_tests=True).run(*sides).dict()["metrics"]))
"""

POLARS = """
import math, os, sys
os.environ["POLARS_MAX_THREADS"] = "2"
import polars as pl
reference, current, numbers, texts = sys.argv[1:]
a_side, b_side = pl.read_parquet(reference), pl.read_parquet(current)
for name in numbers.split(","):
    a = a_side[name].drop_nulls().cast(pl.Float64).sort()
    b = b_side[name].drop_nulls().cast(pl.Float64).sort()
    edges = pl.Series(sorted({a.quantile(i / 10, "linear") for i in range(1, 10)}))
    counts = [s.search_sorted(edges, side="left").to_list() + [len(s)] for s in (a, b)]
    psi, before = 0.0, (0, 0)
    for x, z in zip(*counts):
        p, q = max((x - before[0]) / len(a), 1e-4), max((z - before[1]) / len(b), 1e-4)
        before, psi = (x, z), psi + (q - p) * math.log(q / p)
    both = pl.concat([a, b])
    ks = (a.search_sorted(both, side="right") / len(a) - b.search_sorted(both, side="right") / len(b)).abs().max()
for name in texts.split(","):
    for side in (a_side, b_side):
        side[name].value_counts()
"""


def manifest(folder, reference, current):
    path = folder / "drift-gate.yaml"
    path.write_text(f"""version: 1
name: bench
task: binary
data:
  holdout: {{path: {current.name}, label: label, id: id}}
  reference: {{path: {reference.name}}}
models:
  candidate: {{predictions: {current.name}, score: label}}
gates:
  - gate: drift
""")
    return path


def alarms(program, folder, path):
    """The features that the gate says have moved."""
    subprocess.run([program, "check", "--manifest", path, "--report", "json=drift.json"], cwd=folder,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    checks = json.loads((folder / "drift.json").read_text())["checks"]
    return {check["id"].split("/")[-1] for check in checks if check["outcome"] != "passed"}, len(checks)


def compare(folder, program, measure, row):
    reference, current = data(folder)
    path = manifest(folder, reference, current)
    found, count = alarms(program, folder, path)
    row(f"drift gate: what its {count} default checks alarm on, of the moved {', '.join(sorted(MOVED))}",
        ", ".join(sorted(found)) or "nothing", "those and no other", found == MOVED)
    ours, memory = measure([program, "check", "--manifest", path], 5, cwd=folder, allowed=(0, 1))
    row(f"drift gate: {count} checks, {len(FEATURES)} features, {ROWS:,} rows a side", f"{ours:.2f} s, {memory:.0f} MB",
        "shown only", True)
    given = [str(reference), str(current), ",".join(NUMBERS), ",".join(TEXTS)]
    for tool, code, runs, target in (("evidently", EVIDENTLY, 1, 60), ("polars", POLARS, 3, 1)):
        python = environment(folder, tool)
        theirs, peak = measure([str(python), "-c", code, *given], runs, cwd=folder)
        row(f"{tool}: its time over ours", f"{theirs / ours:.1f}x ({theirs:.1f} s)",
            f"at least {target}x" if target > 1 else "more than 1x", theirs / ours >= target)
        if tool == "evidently":
            row("evidently: our memory over its", f"{memory / peak:.2f} ({peak:.0f} MB)", "at most 0.33",
                memory / peak <= 0.33)
