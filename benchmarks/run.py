#!/usr/bin/env python3
"""Measures speed and memory of build/gatewright, and holds them against targets and against scikit-learn in one run.

    make bench        # or: make bench-drift, make bench-fairness, make bench-text

Writes benchmarks/results.md, or results-drift.md, results-fairness.md, results-text.md. Exits 1 when a target is missed. Data are made here, seeded, and kept in build/bench.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import drift
import fairness
import schema
import text

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
TOOLS = WORK / "python"
PROGRAM = ROOT / "build" / "gatewright"
MEASURE = ROOT / ".build" / "release" / "Measure"
TABLE = []
BUSY = os.getloadavg()[0]

# The binary metrics that both sides measure, with what a manifest writes beside each and a limit that holds.
METRICS = {
    **dict.fromkeys(
        """accuracy adaptive_calibration_error average_precision balanced_accuracy brier_reliability brier_resolution
        brier_score brier_uncertainty diagnostic_odds_ratio expected_calibration_error f1 false_discovery_rate
        false_negative_rate false_negatives false_omission_rate false_positive_rate false_positives fowlkes_mallows
        hamming_loss hosmer_lemeshow hosmer_lemeshow_p_value jaccard ks_separation log_loss maximum_calibration_error
        negative_likelihood_ratio negative_predictive_value positive_likelihood_ratio precision precision_recall_auc
        predicted_positive_rate prevalence prevalence_threshold recall roc_auc specificity spherical_score
        true_negatives true_positives zero_one_loss""".split(), "min: 0"),
    **dict.fromkeys("cohen_kappa_score gini informedness markedness matthews_corrcoef tjur_r2".split(), "min: -1"),
    **dict.fromkeys(
        """brier_skill_score calibration_intercept calibration_slope d2_brier_score d2_log_loss_score
        net_benefit""".split(), "min: -1000"),
    **dict.fromkeys("capture_at_top lift_at_top precision_at_top recall_at_top".split(), "min: 0, share: 0.1"),
    "expected_cost": "min: 0, cost_fp: 1, cost_fn: 5",
    "expected_value": "min: -1000, value_tp: 40, value_fp: -250",
    "f_beta": "min: 0, beta: 2",
    "precision_at_recall": "min: 0, recall: 0.5",
    "recall_at_fpr": "min: 0, fpr: 0.1",
    "recall_at_precision": "min: 0, precision: 0.5",
    "sensitivity_at_specificity": "min: 0, specificity: 0.9",
    "specificity_at_sensitivity": "min: 0, sensitivity: 0.9",
}


UNBOUNDED = """diagnostic_odds_ratio expected_cost expected_value false_negatives false_positives hosmer_lemeshow
    lift_at_top negative_likelihood_ratio positive_likelihood_ratio true_negatives true_positives""".split()


def limits(change=None):
    """The metrics of a gate; with `change`, held against the champion's instead."""
    lines = []
    for name, written in sorted(METRICS.items()):
        if change:
            # Figures without an end change by more; of the others a margin that no model can break is refused.
            most = 10**9 if name in UNBOUNDED else 0.2
            written = f"{change}: {most}" + written[len(written.split(",")[0]):]
        lines.append(f"\n      {name}: {{{written}}}")
    return "".join(lines)


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
    metrics:{limits()}
  - gate: champion
    metrics:{limits('max_increase')}
    flips: {{max_negative: 1}}
"""


def measure(command, runs, cwd=None, environment=None, allowed=(0,)):
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
        if child.returncode not in allowed:
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
    """A Parquet file of two models' scores on rows of which 24% are positive."""
    import duckdb

    path = WORK / f"scores_{rows}.parquet"
    if not path.exists():
        duckdb.sql(f"""
            COPY (
              WITH u AS (
                SELECT i AS id, (hash(i) % 1000000 < 240000)::INT AS income,
                  (hash(i + 7000000000) + 1.0) / 18446744073709551617.0 AS b,
                  (hash(i + 9000000000) + 1.0) / 18446744073709551617.0 AS c
                FROM range({rows}) t(i))
              SELECT id, income,
                1 / (1 + exp(1.9 - 1.7 * income - 0.7 * ln(b / (1 - b)))) AS champion,
                1 / (1 + exp(1.9 - 1.8 * income - 0.7 * ln(c / (1 - c)))) AS candidate
              FROM u ORDER BY id) TO '{path}' (FORMAT parquet)""")
    return path


def arrays(rows):
    """A folder of the same as bare numbers, for calls that are timed without a process around them."""
    import duckdb
    import numpy as np

    folder = WORK / f"arrays_{rows}"
    if not (folder / "complete").exists():
        folder.mkdir(exist_ok=True)
        table = duckdb.sql(f"SELECT income, champion, candidate FROM '{data(rows)}' ORDER BY id").fetchnumpy()
        table["income"].astype(np.uint8).tofile(folder / "label.u8")
        for name in ("champion", "candidate"):
            table[name].astype("<f8").tofile(folder / f"{name}.f64")
        (folder / "complete").touch()
    return folder


def scan(path):
    """The engine's bare scan of the same columns, in the same process model."""
    return ("import sys; sys.path.insert(0, sys.argv[2]); import duckdb; "
            "duckdb.sql(f\"SELECT sum(id), sum(income), sum(champion), sum(candidate) "
            "FROM '{sys.argv[1]}'\").fetchall()")


def told(command):
    return json.loads(subprocess.run([str(x) for x in command], check=True, stdout=subprocess.PIPE, text=True).stdout)


def peer_of(rows, task, runs=1):
    return [sys.executable, "-W", "ignore", ROOT / "benchmarks" / "peer.py", TOOLS, arrays(rows), task, str(runs)]


def compare(ours, theirs):
    """Exits where a figure is not the peer's, or one of the two has a figure the other has not."""
    if ours.keys() != theirs.keys():
        raise SystemExit(f"figures of one side only: {sorted(ours.keys() ^ theirs.keys())}")
    for name, value in theirs.items():
        # scikit-learn's and scipy's iterations end sooner than ours.
        digits = 1e-6 if "calibration_slope" in name or "calibration_intercept" in name else 1e-9
        if abs(value - ours[name]) > digits * max(1, abs(value)):
            raise SystemExit(f"{name}: {ours[name]}, and the peer has {value}")


def side_by_side(what, rows, task, runs, target, times=1):
    """Seconds of the same figures of the same arrays, Gatewright's calls and scikit-learn's; `times` as long as measured."""
    ours = told([MEASURE, arrays(rows), task, runs[0], *(sorted(METRICS) if task == "set" else [])])
    peer = told(peer_of(rows, task, runs[1]))
    compare(ours["figures"], peer["figures"])
    ratio = peer["seconds"] * times / ours["seconds"]
    row(f"{what}, on the same arrays", f"{ours['seconds'] * 1000:.0f} ms", "shown only", True)
    row(f"scikit-learn's time over that ({peer['seconds'] * times:.2f} s)", f"{ratio:.0f}x",
        f"at least {target}x", ratio >= target)
    return peer["seconds"] * times


def calls():
    """GateKit's own calls, without process and reading; gives scikit-learn's seconds of the bootstrap."""
    side_by_side("roc_auc, 1,000,000 rows", 1_000_000, "area", (9, 5), 8)
    side_by_side(f"all {len(METRICS)} binary metrics of both models, 1,000,000 rows", 1_000_000, "set", (5, 3), 20)
    return side_by_side("a paired bootstrap of average_precision, 1,000 replicates, 100,000 rows", 100_000, "bootstrap",
                        (3, 3), 100, times=100)


def bootstrap(peer):
    """The whole process with a paired bootstrap of 1,000 replicates, against scikit-learn's replicates alone."""
    path = data(100_000)
    yaml = WORK / "bootstrap.yaml"
    yaml.write_text(manifest(path.name, "income").split("gates:")[0] + "gates:\n  - gate: champion\n    "
                    "metrics: {average_precision: {max_drop: 0.01, confidence: 0.95}}\n")
    wall, _ = measure([PROGRAM, "check", "--manifest", yaml], 3, cwd=WORK)
    row("check with that bootstrap", f"{wall:.2f} s", "shown only", True)
    row("scikit-learn's 1,000 replicates (10 measured) over that", f"{peer / wall:.0f}x", "at least 100x",
        peer / wall >= 100)


def processes():
    """The program as a user runs it, on two sizes of the same table."""
    peaks = {}
    for rows, seconds, memory in ((16_281, 0.5, None), (1_000_000, 1.5, 400), (4_000_000, None, None)):
        path = data(rows)
        yaml = WORK / f"{rows}.yaml"
        yaml.write_text(manifest(path.name, "income"))
        wall, peaks[rows] = measure([PROGRAM, "check", "--manifest", yaml], 5 if seconds else 1, cwd=WORK)
        if not seconds:
            continue
        row(f"check of {len(METRICS)} metrics by two gates, {rows:,} rows of predictions", f"{wall:.2f} s",
            f"at most {seconds} s", wall <= seconds)
        if memory:
            row(f"its peak memory, {rows:,} rows", f"{peaks[rows]:.0f} MB", f"at most {memory} MB",
                peaks[rows] <= memory)
        peer, _ = measure(peer_of(rows, "set"), 3)
        row(f"scikit-learn's process over ours, {rows:,} rows", f"{peer / wall:.1f}x", "more than 1x", peer > wall)
        bare, _ = measure([sys.executable, "-c", scan(path), path, TOOLS], 3)
        row(f"ours over the engine's bare scan, {rows:,} rows", f"{wall / bare:.1f}x", "shown only", True)
    more = (peaks[4_000_000] - peaks[1_000_000]) / 3e6 * 2**20
    row("memory a row, from 1,000,000 rows to 4,000,000; its columns are 32 bytes", f"{more:.0f} bytes",
        "at most 250 bytes", more <= 250)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    tools()
    for name, peer in (("drift", drift), ("fairness", fairness), ("text", text)):
        if sys.argv[1:] != [name]:
            continue
        peer.compare(WORK, PROGRAM, measure, row)
        write(f"results-{name}.md", f"make bench-{name}")
        sys.exit(any(holds != "yes" for *_, holds in TABLE))
    # As `make build` builds, so that nothing is compiled twice.
    subprocess.run(["swift", "build", "-c", "release", "--static-swift-stdlib", "-Xswiftc", "-use-ld=lld", "-Xlinker",
                    "--icf=all", "--product", "Measure"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    size = PROGRAM.stat().st_size / 1e6
    row("stripped binary", f"{size:.1f} MB", "at most 16 MB", size <= 16)
    wall, _ = measure([PROGRAM, "--version"], 30)
    row("start to --version", f"{wall * 1000:.0f} ms", "at most 30 ms", wall <= 0.030)
    processes()
    bootstrap(calls())
    schema.compare(WORK, PROGRAM, measure, row)
    write("results.md", "make bench")
    sys.exit(any(holds != "yes" for *_, holds in TABLE))


def write(page, command):
    lines = ["# Measured", "", f"By `{command}` on {platform.machine()}, {os.cpu_count()} cores, "
             f"Python {platform.python_version()}, load {BUSY:.1f} before and {os.getloadavg()[0]:.1f} after: a busy "
             "machine slows what takes both cores more than what takes one.", "", "| what | figure | target | holds |", "|---|---|---|---|"]
    lines += [f"| {what} | {figure} | {target} | {holds} |" for what, figure, target, holds in TABLE]
    (ROOT / "benchmarks" / page).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
