#!/usr/bin/env python3
"""How often the schema inferred from one random half of a table blocks the other half, and how often it finds damage.

    make infer

Real tables that Python packages carry, each split at random a hundred times (seeded; every other split as CSV, the others as
Parquet). The schema is inferred from one half by the program and the other is judged by it, as it is and damaged in nine
ways. Writes benchmarks/infer.md; exits 1 where a table alarms in more than 5 of 100 splits. An hour on two cores.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import run
import tables

SPLITS = 100
DAMAGED = 20
MANIFEST = """version: 1
name: infer
task: regression
data:
  holdout: {path: current.%s, label: "%s"}
models:
  candidate: {predictions: current.%s, score: "%s"}
gates:
  - gate: schema
    file: schema.yaml
"""


def numbers(table, least=5):
    """Names of columns of numbers with so many values."""
    return [c for c in table.columns if table[c].dtype.kind in "if" and table[c].nunique() >= least]


def texts(table, most=50):
    """Names of columns of texts that are categories."""
    return [c for c in table.columns if str(table[c].dtype) in ("object", "str") and 2 <= table[c].nunique() <= most
            and table[c].map(lambda x: x is None or x != x or isinstance(x, str)).all()]


def change(table, column, rows, value):
    """A copy in which these rows of a column have other values."""
    changed = table.copy()
    if changed[column].dtype.kind == "i":
        changed[column] = changed[column].astype("float64")
    changed.loc[changed.index[rows], column] = value(changed[column].iloc[rows])
    return changed


def some(rng, table, share):
    return rng.choice(len(table), max(1, round(share * len(table))), replace=False)


def unit(rng, table, share):
    """Some rows in another unit, a thousand times as large."""
    names = numbers(table)
    column = names[rng.integers(len(names))]
    # Zeros in another unit are zeros.
    rows = [r for r in some(rng, table, share) if table[column].iloc[r] not in (0,) and table[column].iloc[r] == table[column].iloc[r]]
    whole = table[column].dtype.kind == "i"
    changed = change(table, column, rows, lambda x: x * 1000) if rows else None
    if changed is not None and whole:
        changed[column] = changed[column].astype("int64")
    return changed


def sign(rng, table):
    names = [c for c in numbers(table) if table[c].min() >= 0]
    if not names:
        return None
    column = names[rng.integers(len(names))]
    return table.assign(**{column: -table[column]})


def nulls(rng, table):
    column = table.columns[rng.integers(len(table.columns))]
    changed = table.copy()
    if changed[column].dtype.kind in "ib":
        changed[column] = changed[column].astype("Int64" if changed[column].dtype.kind == "i" else "object")
    changed.loc[changed.index[some(rng, table, 0.05)], column] = None
    return changed


def category(rng, table):
    names = texts(table)
    if not names:
        return None
    return change(table, names[rng.integers(len(names))], some(rng, table, 0.03), lambda x: "somewhere else")


def swapped(rng, table):
    names = numbers(table)
    if len(names) < 2:
        return None
    a, b = rng.choice(names, 2, replace=False)
    return table.assign(**{a: table[b], b: table[a]})


def truncated(rng, table):
    names = texts(table)
    if not names:
        return None
    column = names[rng.integers(len(names))]
    return table.assign(**{column: table[column].str[:2]})


def shifted(rng, table):
    import pandas as pd

    names = [c for c in table.columns if str(table[c].dtype) == "object"
             and not table[c].dropna().map(lambda x: isinstance(x, str)).any()]
    if not names:
        return None
    return table.assign(**{c: (pd.to_datetime(table[c]) - pd.Timedelta(days=36525)).dt.date for c in names[:1]})


DAMAGES = {
    "2% of a column's rows a thousand times as large": lambda rng, t: unit(rng, t, 0.02),
    "5% of a column's rows a thousand times as large": lambda rng, t: unit(rng, t, 0.05),
    "a whole column a thousand times as large": lambda rng, t: unit(rng, t, 1),
    "the sign of a column flipped": sign,
    "5% of a column's rows lost their value": nulls,
    "a new category in 3% of the rows": category,
    "two columns of numbers swapped": swapped,
    "a column of texts cut to two characters": truncated,
    "dates a hundred years earlier": shifted,
}


def write(table, path):
    if path.suffix == ".csv":
        table.to_csv(path, index=False)
    else:
        table.to_parquet(path, index=False)


def judged(folder, current, kind):
    """The ids of the checks that did not hold; the schema stands in the folder."""
    import json

    write(current, folder / f"current.{kind}")
    label = current.columns[0].replace('"', '\\"')
    (folder / "gatewright.yaml").write_text(MANIFEST % (kind, label, kind, label))
    ended = subprocess.run([run.PROGRAM, "check", "--threads", "1", "--report", "json=report.json"], cwd=folder,
                           capture_output=True, text=True)
    report = folder / "report.json"
    if not report.exists():
        return [f"exit {ended.returncode}"]
    checks = json.loads(report.read_text())["checks"]
    report.unlink()
    return [check["id"].removeprefix("schema/") for check in checks if check["outcome"] not in ("passed", "skipped")]


def split(name, table, seed, damages):
    """The alarms on the other half as it is, and of each damage whether it was found (None: it does not apply)."""
    import numpy as np

    rng = np.random.default_rng(seed)
    order = rng.permutation(len(table))
    half = len(table) // 2
    kind = "csv" if seed % 2 == 0 else "parquet"
    with tempfile.TemporaryDirectory(dir=run.WORK) as place:
        folder = Path(place)
        write(table.iloc[order[:half]], folder / f"reference.{kind}")
        told = subprocess.run(
            [run.PROGRAM, "schema", "infer", f"reference.{kind}", "-o", "schema.yaml", "--threads", "1"], cwd=folder, capture_output=True)
        if told.returncode != 0:
            return ["no schema could be made"], {}
        other = table.iloc[order[half:]].reset_index(drop=True)
        alarms = judged(folder, other, kind)
        found = {}
        for what, damage in damages.items():
            damaged = damage(rng, other)
            found[what] = None if damaged is None else bool(judged(folder, damaged, kind))
        return alarms, found


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--program", help="another program than build/gatewright")
    words.add_argument("--splits", type=int, default=SPLITS)
    words.add_argument("--damaged", type=int, default=DAMAGED, help="in so many splits the damages are tried, too")
    words.add_argument("--only", help="tables whose name holds this")
    given = words.parse_args()
    if given.program:
        run.PROGRAM = Path(given.program)
    run.WORK.mkdir(parents=True, exist_ok=True)
    tables.packages()
    rows, held, power = [], True, {what: [] for what in DAMAGES}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, table in tables.read().items():
            if given.only and given.only not in name:
                continue
            found = list(pool.map(
                lambda seed: split(name, table, seed, DAMAGES if seed < given.damaged else {}), range(given.splits)))
            alarms = sum(bool(odd) for odd, _ in found)
            ids = sorted({check for odd, _ in found for check in odd})
            keeps = alarms <= 0.05 * given.splits
            held = held and keeps
            rows.append(f"| {name} | {len(table):,} | {len(table.columns)} | {alarms} | {'yes' if keeps else '**no**'} "
                        f"| {', '.join(ids[:6])}{', …' if len(ids) > 6 else ''} |")
            print(rows[-1], flush=True)
            for what in DAMAGES:
                power[what] += [hit[what] for _, hit in found if hit.get(what) is not None]
    lines = [f"| {what} | {len(hits)} | {sum(hits)} ({100 * sum(hits) / len(hits):.0f}%) |" for what, hits in power.items() if hits]
    page = "\n".join([
        "# False alarms and power of inferred schemas", "",
        f"By `make infer`: {len(rows)} real tables, each split at random {given.splits} times; the schema inferred from one half judges the other.",
        "", "## The other half as it is", "",
        f"| table | rows | columns | alarms in {given.splits} splits | at most 5% | checks that alarmed |", "|---|---|---|---|---|---|", *rows,
        "", "## The other half damaged", "",
        f"Of each table, in {given.damaged} splits; the column and the rows are drawn at random.", "",
        "| damage | tried | found |", "|---|---|---|", *lines]) + "\n"
    if given.program or given.only or given.splits != SPLITS:
        print(page)
    else:
        (run.ROOT / "benchmarks" / "infer.md").write_text(page)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
