"""Runs queries that must return no rows: over the holdout and the answers of both models."""

import json
import math
import os
import sys
from pathlib import Path

import duckdb


def database(ask):
    """The tables that were handed over, in a database that reaches nothing else."""
    engine = duckdb.connect(config={"threads": 2, "temp_directory": ask["scratch"]})
    for name, path in {**ask["tables"], **ask["predictions"]}.items():
        engine.execute(f"create table {name} as select * from read_parquet(?)", [path])
        if engine.execute(f"select count(*) from {name}").fetchone() == (0,):
            sys.exit(f"the table {name} has no rows, so no rule can be judged on it")
    engine.execute("set enable_external_access = false; set lock_configuration = true")
    return engine


def queries(parameters):
    """The queries by their names."""
    found = {}
    if "queries" in parameters:
        path = Path(parameters["queries"])
        files = sorted(path.rglob("*.sql")) if path.is_dir() else [path]
        found = {file.stem: file.read_text() for file in files}
        if len(found) < len(files):
            sys.exit("two files of queries have the same name, so neither could be told from the other: rename one")
    rules = parameters.get("rules") or {}
    if not isinstance(rules, dict) or not all(isinstance(text, str) for text in rules.values()):
        sys.exit("'rules' is a query for every name: rules: {income_known: select * from holdout where income is null}")
    twice = sorted(found.keys() & rules.keys())
    if twice:
        sys.exit(f"the rule '{twice[0]}' is in the manifest and in a file: rename one")
    found |= rules
    if not found:
        sys.exit("there is no query: name a folder of *.sql under 'queries', or write queries under 'rules'")
    return found


def names(tree):
    """The names of the columns that a parsed query reads."""
    if isinstance(tree, dict):
        own = [tree["column_names"][-1]] if tree.get("class") == "COLUMN_REF" else []
        return own + [name for part in tree.values() for name in names(part)]
    return [name for part in tree for name in names(part)] if isinstance(tree, list) else []


def empty_columns(engine):
    """The columns that have no value in any row; a rule over them finds nothing, whatever it asks."""
    empty = set()
    for (table,) in engine.execute("select table_name from duckdb_tables()").fetchall():
        for name, *_ in engine.execute(f"describe {table}").fetchall():
            quoted = '"' + name.replace('"', '""') + '"'
            if engine.execute(f"select count({quoted}) from {table}").fetchone() == (0,):
                empty.add(name.lower())
    return empty


def plain(value):
    """A value of a row as JSON has it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


def check(engine, name, text, empty):
    """One rule as a check: failed where its query returns a row."""
    try:
        statements = engine.extract_statements(text)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            sys.exit(f"the rule '{name}' is not one query: write one select, or a file for each")
        tree = json.loads(engine.execute("select json_serialize_sql(?)", [text]).fetchone()[0])
        result = engine.execute(statements[0])
        columns = [column[0] for column in result.description]
        rows = result.fetchmany(5)
        count = len(rows) + len(result.fetchall())
    except duckdb.Error as error:
        sys.exit(f"the query of the rule '{name}' cannot be run: {str(error).splitlines()[0]}")
    first = text.strip().splitlines()[0]
    why = first.lstrip("- ").strip() if first.startswith("--") else name
    item = {"id": name, "outcome": "failed" if count else "passed", "value": count, "limit": 0}
    item["evidence"] = {"query": text.strip(), "examples": [dict(zip(columns, map(plain, row))) for row in rows]}
    blind = sorted({it for it in names(tree) if it.lower() in empty})
    if count == 0 and blind:
        return item | {
            "outcome": "inconclusive",
            "message": f"{why}: no row is against it, but the column {blind[0]} has no value in any row"}
    return item | {"message": f"{why}: {f'{count} rows are against it' if count else 'no row is against it'}"}


def judge(ask):
    """Every rule as a check."""
    engine = database(ask)
    empty = empty_columns(engine)
    checks = [check(engine, name, text, empty) for name, text in queries(ask["parameters"]).items()]
    kept = sum(it["outcome"] == "passed" for it in checks)
    return {"checks": checks, "measurements": {"kept_percent": 100 * kept / len(checks)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
