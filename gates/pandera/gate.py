"""Validates the rows by a pandera schema; each of its checks is a check."""

import json
import math
import os
import runpy
import sys
import warnings
from pathlib import Path

import pandas
import pandera.pandas
from pandera.errors import SchemaErrors


def read(path):
    """The schema of a file."""
    try:
        if path.suffix != ".py":
            return pandera.pandas.DataFrameSchema.from_yaml(path)
        found = runpy.run_path(str(path)).get("schema")
    except Exception as error:  # Whatever the user's file raises.
        sys.exit(f"the schema {path.name} cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    found = found.to_schema() if hasattr(found, "to_schema") else found
    if not isinstance(found, pandera.pandas.DataFrameSchema):
        sys.exit(f"{path.name} defines no 'schema': write schema = DataFrameSchema(…), or the name of a DataFrameModel")
    return found


def label(check):
    """A check as its author wrote it."""
    return str(getattr(check, "error", None) or getattr(check, "name", None) or check)


def rules(schema):
    """What the schema asks, by id: of the table, of every column, and each check of one."""
    of_table = schema.strict or schema.unique or schema.ordered or schema.dtype
    found = {"table": None} if of_table else {}
    found |= {f"table: {label(check)}": None for check in schema.checks}
    for name, column in schema.columns.items():
        found[str(name)] = name
        found |= {f"{name}: {label(check)}": name for check in column.checks}
    if not found:
        sys.exit("the schema asks nothing: give it columns or checks")
    return found


def failures(rows, schema):
    """What pandera found, by id: the reasons with how many cells and some of them."""
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", pandera.errors.SchemaWarning)
            schema.validate(rows, lazy=True)
        only_warned = [it for it in warned if issubclass(it.category, pandera.errors.SchemaWarning)]
        if only_warned:
            sys.exit(f"pandera warns, and a warning is no verdict: {str(only_warned[0].message).splitlines()[0][:300]}")
        return {}
    except SchemaErrors as errors:
        found = {}
        for error in errors.schema_errors:
            of_column = isinstance(error.schema, pandera.pandas.Column)
            place = str(error.schema.name) if of_column else "table"
            own = f"{place}: {label(error.check)}" if isinstance(error.check, pandera.pandas.Check) else place
            cases = error.failure_cases
            listed = cases["failure_case"].tolist() if isinstance(cases, pandas.DataFrame) else [cases]
            found.setdefault(own, []).append({
                "reason": error.reason_code.value, "unexpected_count": len(listed),
                "examples": [plain(it) for it in listed[:5]],
                "message": str(error).splitlines()[0][:300]})
        return found


def plain(value):
    """A value as JSON has it."""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def check(own, column, found, rows):
    """One rule as a check."""
    if found:
        first = found[0]
        words = f"{first['reason'].replace('_', ' ')}, {first['unexpected_count']} found"
        shown = ", ".join(str(it) for it in first["examples"][:3])
        return {
            "id": own, "outcome": "failed", "n": len(rows), "value": sum(it["unexpected_count"] for it in found),
            "message": f"{own}: {words}, such as {shown}", "evidence": {"failures": found}}
    if column in rows and rows[column].isna().all():
        return {
            "id": own, "outcome": "inconclusive", "n": len(rows),
            "message": f"{own}: the column has no value in any row, so there was nothing to hold it against"}
    return {"id": own, "outcome": "passed", "n": len(rows), "value": 0, "message": f"{own}: holds in {len(rows)} rows"}


def judge(ask):
    """Every rule of the schema as a check, and what pandera found beside them."""
    schema = read(Path(ask["parameters"]["schema"]))
    rows = pandas.read_parquet(ask["tables"]["current"])
    if rows.empty:
        sys.exit("the table has no rows, so the schema cannot be judged")
    asked = rules(schema)
    try:
        found = failures(rows, schema)
    except Exception as error:  # A check of the user's own that raises.
        sys.exit(f"pandera could not validate: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    absent = {it["examples"][0] for it in found.get("table", []) if it["reason"] == "column_not_in_dataframe"}
    checks = [
        check(own, column, found.pop(own, []), rows) for own, column in asked.items()
        if column not in absent or own in found
    ]
    checks += [check(own, None, reasons, rows) for own, reasons in found.items()]
    held = sum(it["outcome"] == "passed" for it in checks)
    return {"checks": checks, "measurements": {"success_percent": 100 * held / len(checks)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
