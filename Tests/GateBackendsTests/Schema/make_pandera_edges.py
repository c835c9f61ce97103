"""Writes pandera-edges.json: what Pandera answers where a definition is easily got wrong.

    venv/bin/python make_pandera_edges.py      (as make_pandera.py)

A list of cases {"case", "values", "schema", "failures"}: one column, x, of these values, against
the YAML of its schema; "failures" as in pandera-good.json.
"""

import json
import pathlib

import pandas as pd
import pandera.pandas as pa
from make_pandera import failures
from pandera.pandas import Check, Column

HERE = pathlib.Path(__file__).parent
N = None


def cases():
    """A name, the values and the column."""
    yield "a null that may not be", [1.0, N], Column("float64", Check.ge(2))
    yield "a null that may be", [1.0, N], Column("float64", Check.ge(2), nullable=True)
    yield "nulls twice, unique", ["a", N, N], Column("str", nullable=True, unique=True)
    for way in ("all", "exclude_first", "exclude_last"):
        column = Column("str", unique=True, report_duplicates=way)
        yield f"three times, {way}", ["a", "a", "a", "b"], column
    yield "all values, no more", ["a", "b", N], Column(
        "str", Check.unique_values_eq(["a", "b"]), nullable=True)
    yield "not all values", ["a", "a"], Column("str", Check.unique_values_eq(["a", "b"]))
    yield "a null in the set", ["a", N], Column("str", Check.isin(["a", N]))
    yield "matched at the start", ["ab", "ba"], Column("str", Check.str_matches("a"))
    yield "searched", ["ab", "ba", "c"], Column("str", Check.str_contains("a"))
    yield "not a pattern", ["a.", "ab"], Column("str", Check.str_startswith("a."))
    yield "code points", ["é", "👩‍👩‍👧", "ab"], Column("str", Check.str_length(1, 2))
    yield "bounds", [1, 2, 3], Column("int64", Check.in_range(1, 3))
    yield "strict bounds", [1, 2, 3], Column(
        "int64", Check.in_range(1, 3, include_min=False, include_max=False))
    yield "whole for float", [1, 2], Column("float64")
    yield "whole for float, coerced", [1, 2], Column("float64", coerce=True)
    yield "text for whole, coerced", ["1", "x"], Column("int64", coerce=True)
    yield "no type, text", ["1", "2"], Column(None, Check.isin([1, 2]))
    yield "truth", [True, False], Column("bool", Check.eq(1))
    yield "only a warning", [1, 2], Column("int64", Check.lt(2, raise_warning=True))
    yield "nulls seen by the check", [1.0, N], Column(
        "float64", Check.ge(0, ignore_na=False), nullable=True)
    yield "at most one case told", [1, 2, 3], Column("int64", Check.lt(0, n_failure_cases=1))
    yield "repeats, coerced", [1.0, 1.0, 2.0], Column("int64", Check.gt(0), unique=True, coerce=True)
    yield "a null, coerced", ["1", N], Column("float64", coerce=True)
    yield "numbers for text, coerced", [1, 2], Column("str", Check.isin(["1", "2"]), coerce=True)
    yield "nothing allowed", ["a", "b"], Column("str", Check.isin([]))


def main():
    """Runs every case through its YAML and writes them, one a line."""
    lines = []
    for name, values, column in cases():
        text = pa.DataFrameSchema({"x": column}).to_yaml()
        found = failures(pa.DataFrameSchema.from_yaml(text), pd.DataFrame({"x": values}))
        case = {"case": name, "values": values, "schema": text, "failures": found}
        lines.append(json.dumps(case, ensure_ascii=False))
    (HERE / "pandera-edges.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


main()
