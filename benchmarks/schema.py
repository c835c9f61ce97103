"""The schema gate beside Great Expectations and Pandera: the same checks of a million rows of Parquet, whole processes.

Each tool is installed from the hashes that the suites of the tests pin, into build/bench.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "Tests" / "GateBackendsTests" / "Schema"
ROWS = 1_000_000
NUMBERS = [f"number_{i:02d}" for i in range(20)]
CATEGORIES = {f"category_{i:02d}": count for i, count in enumerate([2, 4, 14, 3, 51, 7, 25, 200])}
NULLABLE = {"number_03", "number_07", "number_12", "category_06"}


def values(name):
    return [f"{name}_{i:03d}" for i in range(CATEGORIES[name])]


def data(folder):
    """28 columns, an id, a moment and a label, made from hashes of the row's number."""
    import duckdb

    path = folder / f"loans_{ROWS}.parquet"
    if path.exists():
        return path
    def share(salt):
        return f"(hash(i + {salt}) / 18446744073709551616.0)"

    columns = ["i AS id", "TIMESTAMP '2026-01-01' + to_seconds(i) AS applied_at"]
    for place, name in enumerate(NUMBERS):
        salt = (place + 1) * 1_000_000_007
        value = f"round(1000 * {share(salt)} * {share(salt + 5)}, {place % 4})"
        columns.append(f"CASE WHEN {share(salt + 9)} < 0.05 THEN NULL ELSE {value} END AS {name}"
                       if name in NULLABLE else f"{value} AS {name}")
    for place, name in enumerate(CATEGORIES):
        salt = (place + 101) * 1_000_000_007
        value = f"printf('{name}_%03d', CAST(floor({share(salt)} * {CATEGORIES[name]}) AS INT))"
        columns.append(f"CASE WHEN {share(salt + 9)} < 0.02 THEN NULL ELSE {value} END AS {name}"
                       if name in NULLABLE else f"{value} AS {name}")
    columns.append(f"CAST({share(7)} < 0.2 AS INT) AS label")
    duckdb.sql(f"COPY (SELECT {', '.join(columns)} FROM range({ROWS}) t(i) ORDER BY i) TO '{path}' (FORMAT parquet)")
    return path


def schema(path, folder):
    """At least a hundred checks: those of the others, the type of every column, and figures."""
    lines, count = ["version: 1", "strict: true", "columns:"], 1

    def column(name, *checks):
        nonlocal count
        lines.append(f"  {name}:")
        lines.extend(f"    {check}" for check in checks)
        # That the column is there is a check, too.
        count += len(checks) + 1

    column("id", "type: integer", "unique: true", "not_null: true")
    column("applied_at", "type: timestamp", "not_null: true")
    for name in NUMBERS:
        column(name, "type: number", "between: {min: 0, max: 1000}",
               f"not_null: {{mostly: {0.85 if name in NULLABLE else 1}}}", "mean: {min: 0, max: 1000}")
    for name in CATEGORIES:
        known = ", ".join(values(name))
        column(name, "type: string", f"in_set: {{values: [{known}], mostly: 0.999}}",
               f"not_null: {{mostly: {0.85 if name in NULLABLE else 1}}}")
    column("label", "type: integer", "in_set: [0, 1]")
    lines += ["table:", f"  row_count: {{equal: {ROWS}}}"]
    (folder / "loans.yaml").write_text("\n".join(lines) + "\n")
    manifest = folder / "schema-gate.yaml"
    manifest.write_text(f"""version: 1
name: bench
task: binary
data:
  holdout: {{path: {path.name}, label: label}}
models:
  candidate: {{predictions: {path.name}, score: label}}
gates:
  - gate: schema
    file: loans.yaml
""")
    return manifest, count + 1


def reader():
    """The pin of what reads Parquet, from the one file that has it."""
    lines = (PINS / "requirements-great-expectations.txt").read_text().splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("pyarrow=="))
    end = next((i for i in range(start + 1, len(lines)) if not lines[i].startswith(" ")), len(lines))
    return "\n" + "\n".join(lines[start:end]) + "\n"


def environment(folder, tool):
    """An environment with the tool's pinned packages."""
    place = folder / f"venv-{tool}"
    if not (place / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pins = (PINS / f"requirements-{tool}.txt").read_text()
        if "pyarrow==" not in pins:
            pins += reader()
        wanted = folder / f"requirements-{tool}.txt"
        wanted.write_text(pins)
        subprocess.run(
            [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r",
             str(wanted)], check=True)
        (place / "complete").touch()
    return place / "bin" / "python"


GREAT_EXPECTATIONS = """
import os, sys, warnings
os.environ["GX_ANALYTICS_ENABLED"] = "False"
warnings.filterwarnings("ignore")
sys.path.insert(0, sys.argv[2])
import pandas as pd
import great_expectations as gx
import great_expectations.expectations as e
from schema import CATEGORIES, NULLABLE, NUMBERS, ROWS, values
table = pd.read_parquet(sys.argv[1])
context = gx.get_context(mode="ephemeral")
batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
suite = context.suites.add(gx.ExpectationSuite(name="s"))
wanted = [
    e.ExpectTableColumnsToMatchSet(column_set=list(table.columns), exact_match=True),
    e.ExpectTableRowCountToBeBetween(min_value=ROWS, max_value=ROWS), e.ExpectColumnValuesToBeUnique(column="id"),
    e.ExpectColumnValuesToBeInSet(column="label", value_set=[0, 1])]
wanted += [e.ExpectColumnValuesToBeBetween(column=c, min_value=0, max_value=1000) for c in NUMBERS]
wanted += [e.ExpectColumnValuesToNotBeNull(column=c, mostly=0.85 if c in NULLABLE else 1.0)
           for c in ["id", "applied_at", *NUMBERS, *CATEGORIES]]
wanted += [e.ExpectColumnValuesToBeInSet(column=c, value_set=values(c), mostly=0.999) for c in CATEGORIES]
wanted += [e.ExpectColumnMeanToBeBetween(column=c, min_value=0, max_value=1000) for c in NUMBERS[:10]]
for one in wanted:
    suite.add_expectation(one)
result = batch.get_batch({"dataframe": table}).validate(suite)
assert result.success, result
print(len(wanted))
"""

PANDERA = """
import sys
sys.path.insert(0, sys.argv[2])
import pandas as pd
import pandera.pandas as pa
from schema import CATEGORIES, NULLABLE, NUMBERS, values
table = pd.read_parquet(sys.argv[1])
columns = {"id": pa.Column(None, unique=True), "applied_at": pa.Column(None), "label": pa.Column(None, pa.Check.isin([0, 1]))}
columns |= {c: pa.Column(None, pa.Check.in_range(0, 1000), nullable=c in NULLABLE) for c in NUMBERS}
columns |= {c: pa.Column(None, pa.Check.isin(values(c)), nullable=c in NULLABLE) for c in CATEGORIES}
pa.DataFrameSchema(columns, strict=True).validate(table, lazy=True)
"""


def compare(folder, program, measure, row):
    """Adds the rows of the comparison to the table of results."""
    path = data(folder)
    manifest, count = schema(path, folder)
    wall, peak = measure([program, "check", "--manifest", manifest], 5, cwd=folder)
    row(f"schema gate: {count} checks of {ROWS:,} rows, 31 columns", f"{wall:.2f} s, {peak:.0f} MB", "shown only", True)
    for tool, script, times, name in (
            ("great-expectations", GREAT_EXPECTATIONS, 15, "Great Expectations, 74 expectations"),
            ("pandera", PANDERA, 1.5, "Pandera (pandas), 61 checks")):
        python = environment(folder, tool)
        peer, memory = measure([python, "-c", script, path, ROOT / "benchmarks"], 3)
        row(f"{name}: its time over ours", f"{peer / wall:.1f}x ({peer:.2f} s)", f"at least {times}x", peer / wall >= times)
        row(f"{name}: our memory over its", f"{peak / memory:.2f} ({memory:.0f} MB)", "at most 0.33", peak / memory <= 1 / 3)
