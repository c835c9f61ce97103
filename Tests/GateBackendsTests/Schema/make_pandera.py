"""Writes pandera.yaml, pandera-good.json and pandera-bad.json: a Pandera schema, as it validates.

    python3 -m venv venv && venv/bin/pip install -r requirements-pandera.txt
    venv/bin/python make_pandera.py

pandera.yaml is what `DataFrameSchema.to_yaml` gives. It is read back by `from_yaml`, and what was
read back validates both tables lazily. The reports list, for each column and check with failures,
{"context", "column", "check", "failures", "cases"}: how many rows `SchemaErrors.failure_cases` has
for it, in the order of their names, and the first three of its failure cases as text. "checks" is
every check of the schema, so that what is not in "failures" passed.

The tables are read with an empty field as the only null, `decided_at` as a date and time, and the
rest as pandas guesses: text is dtype `str`, whole numbers with a null are `float64`.
"""

import json
import pathlib
import warnings

warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
import pandera.pandas as pa  # noqa: E402
from pandera.errors import SchemaErrors  # noqa: E402
from pandera.pandas import Check, Column  # noqa: E402

HERE = pathlib.Path(__file__).parent
REGIONS = ["North", "South", "East", "West", "Midlands"]
PURPOSES = ["car", "home", "debt", "study", "wedding", "business", "other"]


def columns():
    """The columns of the tables, with every built-in check that Pandera has for pandas."""
    return {
        "application_id": Column("int64", [Check.gt(100000), Check.lt(200000)], unique=True),
        "reference": Column(
            "str",
            [
                Check.str_matches(r"LA-\d{4}-\d{6}$"),
                Check.str_contains(r"2025"),
                Check.str_startswith("LA-"),
                Check.str_length(14, 14),
            ],
            unique=True,
            report_duplicates="exclude_first",
        ),
        "applied_on": Column("str", Check.str_matches(r"\d{4}-\d{2}-\d{2}$")),
        "decided_at": Column("datetime64[us]", Check.ge(pd.Timestamp("2025-01-01")), nullable=True),
        "name": Column("str", [Check.str_length(2, 40), Check.str_length(max_value=80)]),
        "email": Column(
            "str", [Check.str_contains("@"), Check.str_length(min_value=6)], nullable=True
        ),
        "branch": Column("str", [Check.notin(["B99", "B00"]), Check.str_length(exact_value=3)]),
        "region": Column("str", [Check.isin(REGIONS), Check.unique_values_eq(REGIONS)]),
        "purpose": Column("str", Check.isin(PURPOSES), nullable=True),
        "grade": Column("str", [Check.ne("Z"), Check.isin(list("ABCDE"), raise_warning=True)]),
        "term_months": Column("int64", Check.isin([36, 60])),
        "amount": Column("int64", [Check.in_range(1000, 40000), Check.ne(0)]),
        "amount_requested": Column("int64", Check.ge(1000)),
        "funded": Column("float64", Check.le(40000), nullable=True),
        "rate": Column("float64", [Check.in_range(0, 25, include_min=False), Check.lt(88.88)]),
        "income": Column("float64", Check.gt(0), nullable=True, required=True),
        "dti": Column("float64", Check.in_range(0, 45.1, include_max=False)),
        "fico": Column("int64", [Check.ge(480), Check.le(850)]),
        "years_employed": Column("float64", Check.between(0, 50), nullable=True),
        "^pct_.*$": Column("int64", Check.in_range(0, 100), regex=True),
        "open_accounts": Column("int64", Check.ge(1)),
        "total_accounts": Column("int64", Check.ge(1)),
        "is_joint": Column("bool"),
        "co_income": Column("float64", Check.gt(0), nullable=True),
        "first_contact": Column("str"),
        "second_contact": Column("str", Check.str_matches("phone|email|letter|branch|app")),
        "third_contact": Column("str", nullable=True),
        "details": Column("str", [Check.str_startswith("{"), Check.str_endswith("}")]),
        "extra": Column("str", nullable=True),
        "legacy_code": Column("float64", nullable=True),
        "queue": Column("int64"),
        "service": Column("float64", Check.ge(0), nullable=True),
        "currency": Column("str", Check.eq("GBP")),
        "defaulted": Column("int64", Check.isin([0, 1])),
        "absent": Column("int64", Check.ge(0), required=False),
    }


def read(name):
    """A table as pandas reads it, an empty field the only null."""
    return pd.read_csv(
        HERE / f"{name}.csv", keep_default_na=False, na_values=[""], parse_dates=["decided_at"]
    )


def declared(schema):
    """Every check of a schema, as its failures are named."""
    rows = []
    for name, column in schema.columns.items():
        checks = [str(check.error or check.name) for check in column.checks]
        if not column.nullable:
            checks.append("not_nullable")
        if column.unique:
            checks.append("field_uniqueness")
        checks.append(f"dtype('{column.dtype}')")
        rows += [{"column": name, "check": check} for check in checks]
    return rows


def failures(schema, table):
    """How many failure cases each check has."""
    try:
        schema.validate(table, lazy=True)
        return []
    except SchemaErrors as errors:
        cases = errors.failure_cases
    cases = cases.assign(
        column=cases["column"].astype(object).where(cases["column"].notna(), ""),
        check=cases["check"].astype(str),
    )
    return [
        {"context": context, "column": str(column), "check": check, "failures": len(group),
         "cases": sorted({str(case)[:100] for case in group["failure_case"]})[:3]}
        for (context, column, check), group in cases.groupby(
            ["schema_context", "column", "check"], sort=True
        )
    ]


def main():
    """Makes the schema, reads it back, validates both tables and writes all three files."""
    schema = pa.DataFrameSchema(
        columns(),
        name="loan_applications",
        strict=True,
        ordered=True,
        unique=["application_id", "reference"],
        coerce=False,
    )
    schema.to_yaml(HERE / "pandera.yaml")
    again = pa.DataFrameSchema.from_yaml(HERE / "pandera.yaml")
    for name in ("good", "bad"):
        told = {"checks": declared(again), "failures": failures(again, read(name))}
        lines = [
            f' "{key}": [\n  ' + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]"
            if rows else f' "{key}": []'
            for key, rows in told.items()
        ]
        (HERE / f"pandera-{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
