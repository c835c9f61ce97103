#!/usr/bin/env python3
"""Measures speed and memory of build/gatewright, and holds them against targets and against scikit-learn in one run.

    make bench

Writes benchmarks/results.md. Exits 1 when a target is missed. Data are made here, seeded, and kept in build/bench.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
TOOLS = WORK / "python"
PROGRAM = ROOT / "build" / "gatewright"
TABLE = []

METRICS = """
      accuracy: {min: 0}
      balanced_accuracy: {min: 0}
      precision: {min: 0}
      recall: {min: 0}
      specificity: {min: 0}
      f1: {min: 0}
      f_beta: {beta: 2, min: 0}
      matthews_corrcoef: {min: -1}
      roc_auc: {min: 0}
      average_precision: {min: 0}
      log_loss: {max: 100}
      brier_score: {max: 1}
      expected_calibration_error: {max: 1}"""


def margins():
    return METRICS.replace("min: 0", "max_drop: 1").replace("min: -1", "max_drop: 1").replace(
        "max: 100", "max_drop: 1").replace("max: 1}", "max_drop: 1}")


def manifest(holdout, label):
    return f"""version: 1
name: bench
task: binary
data:
  holdout: {{path: {holdout}, label: {label}, id: id}}
models:
  champion: {{predictions: {holdout}, score: champion}}
  candidate: {{predictions: {holdout}, score: candidate}}
gates:
  - gate: performance
    metrics:{METRICS}
  - gate: champion
    metrics:{margins()}
    flips: {{max_negative: 1}}
"""


def measure(command, runs, cwd=None, environment=None):
    """Median wall seconds and the largest peak of one process in MB."""
    walls, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        walls.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / 1024)
        if child.returncode != 0:
            raise SystemExit(f"{command}: exit {child.returncode}\n{said.decode()}")
    return statistics.median(walls), max(peaks)


def row(what, figure, target, holds):
    TABLE.append((what, figure, target, "yes" if holds else "**no**"))
    print(f"{what}: {figure} (target {target}) {'ok' if holds else 'MISSED'}", flush=True)


def tools():
    if not (TOOLS / "complete").exists():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--root-user-action=ignore", "--no-deps", "--only-binary=:all:", "--require-hashes", "--target", str(TOOLS),
             "-r", str(ROOT / "benchmarks" / "requirements.txt")], check=True)
        (TOOLS / "complete").touch()
    sys.path.insert(0, str(TOOLS))


def data(rows):
    import duckdb

    path = WORK / f"predictions_{rows}.parquet"
    if not path.exists():
        duckdb.sql(f"""
            COPY (
              WITH u AS (
                SELECT i AS id, hash(i) / 18446744073709551616.0 AS a,
                  hash(i + 7000000000) / 18446744073709551616.0 AS b,
                  hash(i + 9000000000) / 18446744073709551616.0 AS c
                FROM range({rows}) t(i))
              SELECT id, (a < 0.24)::INT AS income,
                least(1, greatest(0, 0.25 + 0.35 * ((a < 0.24)::INT - 0.24) + 0.5 * (b - 0.5))) AS champion,
                least(1, greatest(0, 0.25 + 0.37 * ((a < 0.24)::INT - 0.24) + 0.5 * (c - 0.5))) AS candidate
              FROM u ORDER BY id) TO '{path}' (FORMAT parquet)""")
    return path


PEER = """
import sys
sys.path.insert(0, sys.argv[2])
import pyarrow.parquet as pq
from sklearn import metrics as m
t = pq.read_table(sys.argv[1])
y = t["income"].to_numpy()
for name in ("champion", "candidate"):
    s = t[name].to_numpy()
    d = s >= 0.5
    m.accuracy_score(y, d); m.balanced_accuracy_score(y, d); m.precision_score(y, d)
    m.recall_score(y, d); m.recall_score(y, d, pos_label=0); m.f1_score(y, d)
    m.fbeta_score(y, d, beta=2); m.matthews_corrcoef(y, d); m.roc_auc_score(y, s)
    m.average_precision_score(y, s); m.log_loss(y, s); m.brier_score_loss(y, s)
"""


def scan(path):
    """The engine's bare scan of the same columns, in the same process model."""
    return ("import sys; sys.path.insert(0, sys.argv[2]); import duckdb; "
            "duckdb.sql(f\"SELECT sum(id), sum(income), sum(champion), sum(candidate) "
            "FROM '{sys.argv[1]}'\").fetchall()")


BOOTSTRAP = """
import sys, time
sys.path.insert(0, sys.argv[2])
import numpy as np
import pyarrow.parquet as pq
from sklearn.metrics import average_precision_score as ap
t = pq.read_table(sys.argv[1])
y, a, b = (t[n].to_numpy() for n in ("income", "candidate", "champion"))
draw = np.random.default_rng(0)
start = time.perf_counter()
for _ in range(10):
    i = draw.integers(0, len(y), len(y))
    ap(y[i], a[i]) - ap(y[i], b[i])
print((time.perf_counter() - start) / 10)
"""


def bootstrap():
    """The whole process with a paired bootstrap of 1,000 replicates, against scikit-learn's replicates alone."""
    path = data(100_000)
    yaml = WORK / "bootstrap.yaml"
    yaml.write_text(manifest(path.name, "income").split("gates:")[0] + "gates:\n  - gate: champion\n    "
                    "metrics: {average_precision: {max_drop: 0.01, confidence: 0.95}}\n")
    wall, _ = measure([PROGRAM, "check", "--manifest", yaml], 3, cwd=WORK)
    told = subprocess.run([sys.executable, "-c", BOOTSTRAP, path, TOOLS], check=True, capture_output=True, text=True)
    peer = float(told.stdout) * 1000
    row("check with a paired bootstrap of average_precision, 1,000 replicates, 100,000 rows", f"{wall:.2f} s",
        "shown only", True)
    row("scikit-learn's 1,000 replicates (10 measured) over that", f"{peer / wall:.0f}x", "at least 100x",
        peer / wall >= 100)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    tools()
    size = PROGRAM.stat().st_size / 1e6
    row("stripped binary", f"{size:.1f} MB", "at most 16 MB", size <= 16)
    wall, _ = measure([PROGRAM, "--version"], 30)
    row("start to --version", f"{wall * 1000:.0f} ms", "at most 30 ms", wall <= 0.030)
    for rows, seconds, memory in ((16_281, 0.5, None), (1_000_000, 1.5, 400)):
        path = data(rows)
        yaml = WORK / f"{rows}.yaml"
        yaml.write_text(manifest(path.name, "income"))
        wall, peak = measure([PROGRAM, "check", "--manifest", yaml], 5, cwd=WORK)
        row(f"check, {rows:,} rows of predictions", f"{wall:.2f} s", f"at most {seconds} s",
            wall <= seconds)
        if memory:
            row(f"its peak memory, {rows:,} rows", f"{peak:.0f} MB", f"at most {memory} MB",
                peak <= memory)
        peer, _ = measure([sys.executable, "-c", PEER, path, TOOLS], 3)
        row(f"scikit-learn's time over ours, {rows:,} rows (it has no calibration error here)",
            f"{peer / wall:.1f}x", "more than 1x", peer > wall)
        bare, _ = measure([sys.executable, "-c", scan(path), path, TOOLS], 3)
        row(f"ours over the engine's bare scan, {rows:,} rows", f"{wall / bare:.1f}x", "shown only", True)
    bootstrap()
    write()
    sys.exit(any(holds != "yes" for *_, holds in TABLE))


def write():
    lines = ["# Measured", "", f"By `make bench` on {platform.machine()}, {os.cpu_count()} cores, "
             f"Python {platform.python_version()}.", "", "| what | figure | target | holds |", "|---|---|---|---|"]
    lines += [f"| {what} | {figure} | {target} | {holds} |" for what, figure, target, holds in TABLE]
    (ROOT / "benchmarks" / "results.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
