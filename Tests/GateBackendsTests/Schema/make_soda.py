"""Writes soda-good.json and soda-bad.json: what Soda Core finds by soda.yml in both tables.

    python3 -m venv venv && venv/bin/pip install -r requirements-soda.txt
    venv/bin/python make_soda.py

The tables are read by DuckDB with an empty field as the only null, types as DuckDB guesses from all
rows. The view `loans` has one column more, `applied_on_text`: `applied_on` as text, for in good.csv
DuckDB takes it for a date. NOW is 2026-03-01. Each report is a list, in the order Soda gives, of
{"check", "column", "filter", "outcome", "value", "limits", "why"}, without ids, times and places;
"limits" are of what fails or warns, as Soda understood it, "columns" what a schema check found. The
last entry has the errors of Soda's log: what it could not evaluate (a schema's history, anomalies,
change over time, all of which need Soda's service) is there and not among the checks.
"""

import json
import logging
import pathlib

import duckdb
from soda.scan import Scan

HERE = pathlib.Path(__file__).parent


def connect(name):
    """A database with the table as `loans`, the branches and a table of a thousand rows."""
    database = duckdb.connect(":memory:")
    options = "header = true, nullstr = '', quote = '\"', escape = '\"', sample_size = -1"
    database.execute(
        f"CREATE TABLE raw AS SELECT * FROM read_csv('{HERE / name}.csv', {options})"
    )
    database.execute(
        "CREATE TABLE loans AS SELECT *, CAST(applied_on AS VARCHAR) AS applied_on_text FROM raw"
    )
    database.execute("DROP TABLE raw")
    database.execute(f"CREATE TABLE branches AS SELECT * FROM read_csv('{HERE / 'branches'}.csv')")
    database.execute("CREATE TABLE thousand AS SELECT * FROM range(1000)")
    return database


def value(check):
    """A check's figure, where it has one."""
    for item in check.get("diagnostics", {}).get("blocks", []):
        if "totalFailedRows" in item:
            return item["totalFailedRows"]
    return check.get("diagnostics", {}).get("value")


def told(check):
    """What a check's result says, without ids, times and places."""
    said = {
        "check": check["name"],
        "column": check.get("column"),
        "filter": check.get("filter"),
        "outcome": check.get("outcome"),
        "value": value(check),
    }
    found = check["diagnostics"]
    limits = {key: found[key] for key in ("fail", "warn") if key in found}
    if limits:
        said["limits"] = limits
    schema = {
        key: found
        for key, found in check["diagnostics"].items()
        if key.endswith(("_names", "mismatches")) and found
    }
    if schema:
        said["columns"] = schema
    if check.get("outcomeReasons"):
        said["why"] = [reason.get("message") for reason in check["outcomeReasons"]]
    return said


def main():
    """Scans both tables and writes what was found."""
    logging.disable(logging.CRITICAL)
    for name in ("good", "bad"):
        scan = Scan()
        scan.disable_telemetry()
        scan.set_data_source_name("duckdb")
        scan.set_scan_definition_name("loan applications")
        scan.add_duckdb_connection(connect(name), "duckdb")
        scan.add_variables({"NOW": "2026-03-01 00:00:00"})
        scan.add_sodacl_yaml_str((HERE / "soda.yml").read_text(encoding="utf-8"))
        scan.execute()
        results = scan.get_scan_results()
        rows = [told(check) for check in results["checks"]]
        rows.append({"errors": [log.message for log in scan.get_error_logs()]})
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows)
        (HERE / f"soda-{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


main()
