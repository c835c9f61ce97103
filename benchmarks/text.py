"""CSV beside Parquet, pandas and Polars: the same rows in both formats, whole processes.

`open` is a manifest whose one check is the number of rows: the file is read, typed and hashed, and little else happens.
"""

import drift
import schema

ROWS = drift.ROWS
MORE = {
    "ts": "TIMESTAMP '2026-01-01' + to_seconds(id)", "sex": "CASE WHEN hash(id) % 2 = 0 THEN 'F' ELSE 'M' END",
    "age_band": "printf('%d-%d', 18 + 10 * (hash(id + 3) % 5), 27 + 10 * (hash(id + 3) % 5))",
    "region": "printf('region_%d', hash(id + 5) % 6)",
}
PANDAS = "import sys; import pandas as pd\nfor path in sys.argv[1:]: pd.read_csv(path)"
POLARS = ("import os; os.environ['POLARS_MAX_THREADS'] = '2'\n"
          "import sys; import polars as pl\nfor path in sys.argv[1:]: pl.read_csv(path)")
# An id, a label, twelve numbers and eight texts are about 224 bytes a row: 13.4 million rows are 3 GB.
LARGE = 13_400_000
WIDE = 10_000


def text(path):
    """The CSV file of a Parquet file."""
    import duckdb

    csv = path.with_suffix(".csv")
    if not csv.exists():
        duckdb.sql(f"COPY (FROM '{path}') TO '{csv}' (HEADER)")
    return csv


def portfolio(folder):
    """A million rows of 34 columns: the drift gate's, a moment and three groups."""
    import duckdb

    csv = folder / f"portfolio_{ROWS}.csv"
    if not csv.exists():
        more = ", ".join(f"{formula} AS {name}" for name, formula in MORE.items())
        duckdb.sql(f"COPY (SELECT *, {more} FROM '{drift.data(folder)[0]}') TO '{csv}' (HEADER)")
    return csv


def large(folder):
    """A CSV file of 3 GB."""
    import duckdb

    csv = folder / f"large_{LARGE}.csv"
    if not csv.exists():
        columns = ["i AS id", "hash(i) % 2 AS label"]
        columns += [f"round((hash(i + {k * 1000000007}) % 1000000007) / 997e0, 4) AS number_{k:02d}" for k in range(12)]
        columns += [f"printf('text_%03d', hash(i + {k * 998244353}) % 200) AS text_{k:02d}" for k in range(8)]
        duckdb.sql(f"COPY (SELECT {', '.join(columns)} FROM range({LARGE}) t(i)) TO '{csv}' (HEADER)")
    return csv


def wide(folder):
    """A CSV file of ten thousand columns and a hundred rows."""
    csv = folder / f"wide_{WIDE}.csv"
    if not csv.exists():
        lines = [",".join(["id", "label", *(f"column_{k}" for k in range(WIDE - 2))])]
        lines += [",".join([str(i), str(i % 2), *(str((i * 7919 + k * 104729) % 1000 / 8) for k in range(WIDE - 2))])
                  for i in range(100)]
        csv.write_text("\n".join(lines) + "\n")
    return csv


def opening(path, rows, limits=""):
    """A manifest that opens the file and counts its rows."""
    wanted = path.with_name("rows.yaml")
    wanted.write_text("version: 1\ntable:\n  row_count: {min: 1}\n")
    manifest = path.with_name(f"open-{path.stem}.yaml")
    manifest.write_text(f"""version: 1
name: bench
task: binary
data:
  holdout: {{path: {path.name}, label: label, id: id}}
models:
  candidate: {{predictions: {path.name}, score: label}}
{limits}gates:
  - gate: schema
    file: rows.yaml
""")
    return manifest


def beside(manifest, names):
    """The same manifest of CSV files."""
    written = manifest.read_text()
    for path in names:
        written = written.replace(path.name, text(path).name)
    other = manifest.with_name(f"{manifest.stem}-csv.yaml")
    other.write_text(written)
    return other


def compare(folder, program, measure, row):
    """Adds the rows of the comparison to the table of results."""
    pandas, polars = schema.environment(folder, "pandera"), drift.environment(folder, "polars")

    def check(manifest, runs=3):
        return measure([program, "check", "--manifest", manifest], runs, cwd=folder, allowed=(0, 1))

    csv = portfolio(folder)
    wall, peak = check(opening(csv, ROWS), 5)
    peer, peer_peak = measure([polars, "-c", POLARS, csv], 5)
    size = csv.stat().st_size / 1e6
    row(f"open a CSV of {ROWS:,} rows, 34 columns, {size:.0f} MB", f"{wall:.2f} s, {peak:.0f} MB", "shown only", True)
    row(f"our time over Polars' read_csv ({peer:.2f} s, {peer_peak:.0f} MB)", f"{wall / peer:.2f}", "at most 1.5",
        wall / peer <= 1.5)
    reference, current = drift.data(folder)
    loans = schema.data(folder)
    for gate, manifest, paths in (
            ("drift", drift.manifest(folder, reference, current), (reference, current)),
            ("schema", schema.schema(loans, folder)[0], (loans,))):
        other = beside(manifest, paths)
        columns, _ = check(manifest)
        rows, memory = check(other)
        read, _ = measure([pandas, "-c", PANDAS, *map(text, paths)], 3)
        row(f"{gate} gate, {ROWS:,} rows a side, from CSV (from Parquet {columns:.2f} s; pandas reads the CSV in {read:.2f} s)",
            f"{rows:.2f} s, {memory:.0f} MB", f"at most {2.5 * columns + read:.2f} s", rows <= 2.5 * columns + read)
    csv = large(folder)
    wall, peak = check(opening(csv, LARGE, "limits: {memory: 500MB}\n"), 1)
    row(f"open a CSV of {csv.stat().st_size / 1e9:.1f} GB at limits.memory: 500MB", f"{peak:.0f} MB, {wall:.1f} s",
        "at most 1000 MB", peak <= 1000)
    wall, peak = check(opening(wide(folder), 100))
    row(f"open a CSV of {WIDE:,} columns", f"{wall:.2f} s, {peak:.0f} MB", "at most 5 s", wall <= 5)
