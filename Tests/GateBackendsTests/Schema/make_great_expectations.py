"""Writes suite.json, suite-sql.json and the four results-*.json: Great Expectations 1.x, as it runs.

    python3 -m venv venv && venv/bin/pip install -r requirements-great-expectations.txt
    venv/bin/python make_great_expectations.py

suite.json is what `ExpectationSuite.to_json_dict` gives, but for the ids: those are drawn at random,
here they are counted. It is run by the pandas engine on good.csv and on bad.csv. suite-sql.json has
what only SQL engines can do (LIKE, queries, another table) and is run by the SQLite engine.

The tables are read with an empty field as the only null, `decided_at` as a date and time, and the
rest as pandas guesses: text is dtype `str`, whole numbers with a null are `float64`.

results-*.json hold for every expectation, in the suite's order, {"type", "kwargs", "meta",
"success", "unexpected_count", "element_count", "missing_count", "observed_value"}; what the package
did not tell is not there, and "exception" is its message where it could not compute.
"""

import datetime
import json
import os
import pathlib
import sqlite3
import tempfile
import uuid
import warnings

os.environ["GX_ANALYTICS_ENABLED"] = "False"
warnings.filterwarnings("ignore")

import great_expectations as gx  # noqa: E402
import great_expectations.expectations as gxe  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from great_expectations.expectations.row_conditions import Column  # noqa: E402

HERE = pathlib.Path(__file__).parent
COLUMNS = (HERE / "good.csv").open(encoding="utf-8").readline().strip().split(",")
REGIONS = ["North", "South", "East", "West", "Midlands"]
PURPOSES = ["car", "home", "debt", "study", "wedding", "business", "other"]
DETAILS = {
    "type": "object",
    "properties": {
        "web": {"type": "boolean"},
        "score": {"type": "integer", "minimum": 0, "maximum": 100},
    },
    "required": ["web", "score"],
}


def table_checks():
    """What is asked of the table: columns, their order, rows."""
    return [
        gxe.ExpectTableColumnsToMatchSet(column_set=COLUMNS, exact_match=True),
        gxe.ExpectTableColumnsToMatchSet(column_set=COLUMNS[:10], exact_match=False),
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=COLUMNS),
        gxe.ExpectTableColumnCountToEqual(value=36),
        gxe.ExpectTableColumnCountToBeBetween(min_value=30, max_value=40),
        gxe.ExpectTableRowCountToEqual(value=1000),
        gxe.ExpectTableRowCountToBeBetween(min_value=900, max_value=1050),
        gxe.ExpectTableRowCountToBeBetween(
            min_value=900, max_value=1050, strict_min=True, strict_max=True
        ),
        gxe.ExpectTableRowCountToBeBetween(
            min_value=100, row_condition='grade == "A"', condition_parser="pandas", max_value=160
        ),
        gxe.ExpectColumnToExist(column="currency"),
        gxe.ExpectColumnToExist(column="dti", column_index=16),
    ]


def presence_checks():
    """Nulls and uniqueness."""
    return [
        gxe.ExpectColumnValuesToNotBeNull(column="application_id"),
        gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.9),
        gxe.ExpectColumnValuesToNotBeNull(column="purpose", mostly=0.95),
        gxe.ExpectColumnValuesToNotBeNull(column="income", mostly=0.8, severity="warning"),
        gxe.ExpectColumnValuesToBeNull(column="legacy_code"),
        gxe.ExpectColumnValuesToBeNull(column="legacy_code", mostly=0.99),
        gxe.ExpectColumnValuesToBeNull(
            column="co_income", row_condition=Column("is_joint") == False  # noqa: E712
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="co_income", row_condition=Column("is_joint") == True  # noqa: E712
        ),
        gxe.ExpectColumnValuesToBeUnique(column="application_id"),
        gxe.ExpectColumnValuesToBeUnique(column="reference"),
        gxe.ExpectColumnValuesToBeUnique(column="email", mostly=0.9),
        gxe.ExpectColumnValuesToBeUnique(column="legacy_code"),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=["application_id", "reference"]),
        gxe.ExpectCompoundColumnsToBeUnique(
            column_list=["email", "third_contact"], ignore_row_if="any_value_is_missing"
        ),
        gxe.ExpectCompoundColumnsToBeUnique(
            column_list=["purpose", "third_contact", "income"], ignore_row_if="never", mostly=0.9
        ),
        gxe.ExpectCompoundColumnsToBeUnique(
            column_list=["co_income", "third_contact"], mostly=0.26
        ),
        gxe.ExpectSelectColumnValuesToBeUniqueWithinRecord(
            column_list=["first_contact", "second_contact", "third_contact"]
        ),
        gxe.ExpectSelectColumnValuesToBeUniqueWithinRecord(
            column_list=["second_contact", "third_contact"], ignore_row_if="any_value_is_missing"
        ),
        gxe.ExpectSelectColumnValuesToBeUniqueWithinRecord(
            column_list=["second_contact", "third_contact"], ignore_row_if="never", mostly=0.99
        ),
        gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(column="income", min_value=0.9),
    ]


def value_checks():
    """Sets, ranges and lengths."""
    return [
        gxe.ExpectColumnValuesToBeInSet(column="region", value_set=REGIONS),
        gxe.ExpectColumnValuesToBeInSet(column="purpose", value_set=PURPOSES, mostly=0.99),
        gxe.ExpectColumnValuesToBeInSet(column="term_months", value_set=[36, 60]),
        gxe.ExpectColumnValuesToBeInSet(column="defaulted", value_set=[0, 1], severity="critical"),
        gxe.ExpectColumnValuesToBeInSet(column="is_joint", value_set=[True, False]),
        gxe.ExpectColumnValuesToBeInSet(column="legacy_code", value_set=["X2"]),
        gxe.ExpectColumnValuesToNotBeInSet(column="purpose", value_set=["yacht", "boat"]),
        gxe.ExpectColumnValuesToNotBeInSet(column="branch", value_set=["B99", "B00"]),
        gxe.ExpectColumnValuesToBeBetween(column="amount", min_value=1000, max_value=40000),
        gxe.ExpectColumnValuesToBeBetween(
            column="dti", min_value=0, max_value=45.1, strict_max=True
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="rate", min_value=0, strict_min=True, max_value=25, mostly=0.995
        ),
        gxe.ExpectColumnValuesToBeBetween(column="fico", min_value=480, max_value=850),
        gxe.ExpectColumnValuesToBeBetween(column="years_employed", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(
            column="income",
            max_value=500000,
            row_condition=Column("purpose").is_in(["car", "home"]) & (Column("amount") > 5000),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="rate",
            max_value=9,
            row_condition='grade == "A" and fico >= 600',
            condition_parser="pandas",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="decided_at",
            min_value=datetime.datetime(2025, 1, 1),
            max_value=datetime.datetime(2030, 1, 1),
        ),
        gxe.ExpectColumnValueLengthsToEqual(column="reference", value=14),
        gxe.ExpectColumnValueLengthsToEqual(column="branch", value=3, mostly=0.9),
        gxe.ExpectColumnValueLengthsToBeBetween(column="name", min_value=2, max_value=20),
        gxe.ExpectColumnValueLengthsToBeBetween(
            column="name", min_value=1, strict_min=True, max_value=90, strict_max=True
        ),
        gxe.ExpectColumnValueLengthsToBeBetween(column="region", min_value=4, max_value=8),
        gxe.ExpectColumnValueZScoresToBeLessThan(column="amount", threshold=3, double_sided=True),
        gxe.ExpectColumnValueZScoresToBeLessThan(
            column="income", threshold=6, double_sided=False, mostly=0.99
        ),
        gxe.ExpectColumnValuesToNotBeOutliers(column="fico", method="iqr", multiplier=3.0),
        gxe.ExpectColumnValuesToNotBeOutliers(column="amount", method="std", multiplier=3.0),
    ]


def text_checks():
    """Regular expressions, formats, types."""
    return [
        gxe.ExpectColumnValuesToMatchRegex(column="reference", regex=r"^LA-\d{4}-\d{6}$"),
        gxe.ExpectColumnValuesToMatchRegex(column="reference", regex=r"2025"),
        gxe.ExpectColumnValuesToMatchRegex(column="region", regex=r"^\w+$"),
        gxe.ExpectColumnValuesToMatchRegex(column="amount", regex=r"^\d+00$"),
        gxe.ExpectColumnValuesToMatchRegex(
            column="email", regex=r"^[a-z0-9]+@[a-z]+\.[a-z]+$", mostly=0.985
        ),
        gxe.ExpectColumnValuesToNotMatchRegex(column="name", regex=r"\n|^\s*$"),
        gxe.ExpectColumnValuesToNotMatchRegex(column="region", regex=r"\s$"),
        gxe.ExpectColumnValuesToMatchRegexList(
            column="email", regex_list=[r"@example\.(com|org)$", r"@mail\.example$"]
        ),
        gxe.ExpectColumnValuesToMatchRegexList(
            column="reference", regex_list=[r"^LA", r"\d$"], match_on="all"
        ),
        gxe.ExpectColumnValuesToNotMatchRegexList(
            column="region", regex_list=[r"^[a-z]", r"[A-Z]{2}"]
        ),
        gxe.ExpectColumnValuesToMatchStrftimeFormat(
            column="applied_on", strftime_format="%Y-%m-%d"
        ),
        gxe.ExpectColumnValuesToBeDateutilParseable(column="applied_on"),
        gxe.ExpectColumnValuesToBeJsonParseable(column="extra"),
        gxe.ExpectColumnValuesToBeJsonParseable(column="details"),
        gxe.ExpectColumnValuesToMatchJsonSchema(column="details", json_schema=DETAILS),
        gxe.ExpectColumnValuesToBeOfType(column="application_id", type_="int64"),
        gxe.ExpectColumnValuesToBeOfType(column="service", type_="float64"),
        gxe.ExpectColumnValuesToBeOfType(column="reference", type_="str"),
        gxe.ExpectColumnValuesToBeOfType(column="is_joint", type_="bool"),
        gxe.ExpectColumnValuesToBeOfType(column="decided_at", type_="datetime64"),
        gxe.ExpectColumnValuesToBeInTypeList(column="income", type_list=["float64", "int64"]),
        gxe.ExpectColumnValuesToBeInTypeList(column="service", type_list=["int64", "float64"]),
        gxe.ExpectColumnTypeToBe(column="fico", type_="int64"),
    ]


def order_checks():
    """Order of rows; pairs and rows of columns."""
    return [
        gxe.ExpectColumnValuesToBeIncreasing(column="application_id", strictly=True),
        gxe.ExpectColumnValuesToBeIncreasing(column="application_id"),
        gxe.ExpectColumnValuesToBeDecreasing(column="queue"),
        gxe.ExpectColumnValuesToBeDecreasing(column="queue", strictly=True, mostly=0.4),
        gxe.ExpectColumnValuesToBeIncreasing(column="decided_at", mostly=0.45),
        gxe.ExpectColumnPairValuesToBeEqual(column_A="amount", column_B="amount_requested"),
        gxe.ExpectColumnPairValuesToBeEqual(column_A="amount", column_B="funded", mostly=0.5),
        gxe.ExpectColumnPairValuesToBeEqual(
            column_A="amount", column_B="funded", mostly=0.6, ignore_row_if="either_value_is_missing"
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="total_accounts", column_B="open_accounts", or_equal=True
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="total_accounts", column_B="open_accounts", mostly=0.8
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="amount",
            column_B="funded",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="amount", column_B="funded", or_equal=True, mostly=0.85
        ),
        gxe.ExpectColumnPairValuesToBeInSet(
            column_A="term_months",
            column_B="defaulted",
            value_pairs_set=[(36, 0), (36, 1), (60, 0), (60, 1)],
        ),
        gxe.ExpectColumnPairValuesToBeInSet(
            column_A="purpose",
            column_B="is_joint",
            value_pairs_set=[(p, j) for p in PURPOSES + [None] for j in (True, False)],
        ),
        gxe.ExpectMulticolumnSumToEqual(
            column_list=["pct_secured", "pct_unsecured", "pct_other"], sum_total=100
        ),
        gxe.ExpectMulticolumnSumToEqual(
            column_list=["pct_secured", "pct_unsecured", "pct_other"],
            sum_total=100,
            ignore_row_if="any_value_is_missing",
            mostly=0.99,
        ),
        gxe.ExpectMulticolumnValuesToBeEqual(
            column_list=["amount", "amount_requested", "funded"], mostly=0.5
        ),
    ]


def aggregate_checks():
    """Figures of a column between bounds."""
    between = [
        (gxe.ExpectColumnMeanToBeBetween, "fico", 670, 710),
        (gxe.ExpectColumnMeanToBeBetween, "years_employed", 5, 15),
        (gxe.ExpectColumnMeanToBeBetween, "is_joint", 0.2, 0.3),
        (gxe.ExpectColumnMedianToBeBetween, "income", 20000, 30000),
        (gxe.ExpectColumnMedianToBeBetween, "amount", 15000, 25000),
        (gxe.ExpectColumnMinToBeBetween, "amount", 1000, 2000),
        (gxe.ExpectColumnMaxToBeBetween, "fico", 800, 850),
        (gxe.ExpectColumnMaxToBeBetween, "dti", 40, 45),
        (gxe.ExpectColumnSumToBeBetween, "amount", 19000000, 23000000),
        (gxe.ExpectColumnSumToBeBetween, "co_income", 8900000, 11000000),
        (gxe.ExpectColumnStdevToBeBetween, "fico", 50, 70),
        (gxe.ExpectColumnStdevToBeBetween, "rate", 3.5, 4.5),
        (gxe.ExpectColumnUniqueValueCountToBeBetween, "purpose", 7, 7),
        (gxe.ExpectColumnUniqueValueCountToBeBetween, "region", 2, 5),
        (gxe.ExpectColumnProportionOfUniqueValuesToBeBetween, "reference", 1, 1),
        (gxe.ExpectColumnProportionOfUniqueValuesToBeBetween, "income", 0.99, 1),
        (gxe.ExpectColumnProportionOfUniqueValuesToBeBetween, "third_contact", 0.006, 0.0075),
    ]
    checks = [kind(column=c, min_value=low, max_value=high) for kind, c, low, high in between]
    return checks + [
        gxe.ExpectColumnMaxToBeBetween(column="fico", max_value=851, strict_max=True),
        gxe.ExpectColumnMeanToBeBetween(
            column="rate",
            min_value=5,
            max_value=7,
            row_condition=Column("grade") == "A",
        ),
        gxe.ExpectColumnMinToBeBetween(
            column="decided_at", min_value=datetime.datetime(2025, 1, 1)
        ),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="amount",
            quantile_ranges={
                "quantiles": [0.1, 0.25, 0.5, 0.75, 0.95],
                "value_ranges": [
                    [3000, 7000], [8000, 13000], [18000, 23000], [27000, 33000], [35000, None]
                ],
            },
        ),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="income",
            quantile_ranges={"quantiles": [0.333, 0.5], "value_ranges": [[None, 20000], [0, 30000]]},
            allow_relative_error="linear",
        ),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="grade", value_set=["B", "C"]),
        gxe.ExpectColumnMostCommonValueToBeInSet(
            column="grade", value_set=["B", "X"], ties_okay=True
        ),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="grade", value_set=["B"]),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="region", value_set=["Midlands"]),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="region", value_set=REGIONS + ["Wales"]),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="purpose", value_set=PURPOSES),
        gxe.ExpectColumnDistinctValuesToContainSet(column="grade", value_set=["A", "E"]),
        gxe.ExpectColumnDistinctValuesToContainSet(column="branch", value_set=["B01", "B12"]),
        gxe.ExpectColumnDistinctValuesToEqualSet(column="purpose", value_set=PURPOSES),
        gxe.ExpectColumnDistinctValuesToEqualSet(column="term_months", value_set=[36, 60]),
    ]


def divergence_checks():
    """Kullback-Leibler divergence, of categories and of bins."""
    halves = {"values": ["A", "B", "C", "D", "E"], "weights": [0.15, 0.31, 0.29, 0.15, 0.1]}
    bins = {
        "bins": [480, 600, 650, 700, 750, 850],
        "weights": [0.0625, 0.1875, 0.3125, 0.28125, 0.15625],
    }
    kind = gxe.ExpectColumnKLDivergenceToBeLessThan
    return [
        kind(column="grade", partition_object=halves, threshold=0.001),
        kind(column="grade", partition_object=halves, threshold=1, tail_weight_holdout=0.01),
        kind(column="fico", partition_object=bins, threshold=0.05),
        kind(column="fico", partition_object=bins, threshold=0.1, tail_weight_holdout=0.001),
        kind(
            column="income",
            partition_object={
                "bins": [15000, 20000, 30000, 60000, 500000],
                "weights": [0.3125, 0.25, 0.25, 0.125],
                "tail_weights": [0.03125, 0.03125],
            },
            threshold=0.2,
        ),
    ]


def sql_checks():
    """What only SQL engines can do."""
    return [
        gxe.ExpectColumnValuesToMatchLikePattern(column="reference", like_pattern="LA-2025-%"),
        gxe.ExpectColumnValuesToMatchLikePattern(column="branch", like_pattern="B__", mostly=0.99),
        gxe.ExpectColumnValuesToNotMatchLikePattern(column="region", like_pattern="% "),
        gxe.ExpectColumnValuesToMatchLikePatternList(
            column="email", like_pattern_list=["%@example.com", "%@example.org", "%@mail.example"]
        ),
        gxe.ExpectColumnValuesToMatchLikePatternList(
            column="reference", like_pattern_list=["LA%", "%0%"], match_on="all"
        ),
        gxe.ExpectColumnValuesToNotMatchLikePatternList(
            column="purpose", like_pattern_list=["yacht", "boat%"]
        ),
        gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="thousand"),
        gxe.UnexpectedRowsExpectation(
            unexpected_rows_query="SELECT * FROM {batch} WHERE open_accounts > total_accounts",
            description="no more open accounts than accounts",
        ),
        gxe.UnexpectedRowsExpectation(
            unexpected_rows_query="SELECT a.application_id FROM {batch} a LEFT JOIN branches b"
            " ON a.branch = b.code WHERE a.branch IS NOT NULL AND b.code IS NULL",
            description="every branch is known",
        ),
        gxe.ExpectColumnValuesToBeUnique(column="application_id"),
        gxe.ExpectColumnValuesToNotBeNull(column="purpose", mostly=0.95),
        gxe.ExpectColumnStdevToBeBetween(column="fico", min_value=50, max_value=70),
        gxe.ExpectColumnMedianToBeBetween(column="income", min_value=20000, max_value=30000),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="amount",
            quantile_ranges={"quantiles": [0.25, 0.5], "value_ranges": [[8000, 13000], [0, 23000]]},
        ),
    ]


def plain(value):
    """A value as JSON has it: numpy's scalars as Python's, what is not JSON as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and value != value:
        return None
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def put(name, value):
    """Writes JSON, one line for each entry of the longest list."""
    key = "expectations" if isinstance(value, dict) else None
    lines = ",\n".join(
        json.dumps(item, ensure_ascii=False, sort_keys=True)
        for item in (value[key] if key else value)
    )
    text = f"[\n{lines}\n]\n"
    if key:
        rest = json.dumps({k: v for k, v in value.items() if k != key}, indent=1, sort_keys=True)
        text = f'{rest[:-2]},\n "expectations": {text[:-1]}\n}}\n'
    json.loads(text)
    (HERE / name).write_text(text, encoding="utf-8")


def told(result, config):
    """What a result says, without ids, times and samples."""
    exceptions = result.exception_info or {}
    if "raised_exception" not in exceptions:
        exceptions = next(iter(exceptions.values()), {})
    said = {
        "type": config["type"],
        "kwargs": plain(config["kwargs"]),
        "meta": config.get("meta"),
        "success": bool(result.success),
        **{
            key: plain(result.result[key])
            for key in ("unexpected_count", "element_count", "missing_count", "observed_value")
            if key in result.result
        },
    }
    if exceptions.get("raised_exception"):
        said["exception"] = exceptions["exception_message"]
    return {key: value for key, value in said.items() if key != "meta" or value}


def numbered(suite):
    """The suite as it serialises itself, with ids that are the same each time."""
    layout = suite.to_json_dict()
    names = [f"{suite.name}/{i}" for i in range(len(layout["expectations"]))]
    for config, name in zip(layout["expectations"], names):
        config["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
    layout["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, suite.name))
    return layout


def read(name):
    """A table as pandas reads it, an empty field the only null."""
    return pd.read_csv(
        HERE / f"{name}.csv", keep_default_na=False, na_values=[""], parse_dates=["decided_at"]
    )


def run(suite, definition, parameters, layout):
    """The results of a suite on one table, in the suite's order.

    Not by `ValidationDefinition.run`: that stores the results, and cannot write the success of some
    expectations, which is numpy's `bool`.
    """
    batch = definition.get_batch(batch_parameters=parameters)
    outcome = batch.validate(suite, result_format="SUMMARY")
    by_id = {r.expectation_config.id: r for r in outcome.results}
    return [
        told(by_id[one.id], config)
        for one, config in zip(suite.expectations, layout["expectations"])
    ]


def main():
    """Makes both suites, runs them and writes all six files."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    frames = {name: read(name) for name in ("good", "bad")}
    suite = gx.ExpectationSuite(name="loan_applications")
    for check in (
        table_checks() + presence_checks() + value_checks() + text_checks() + order_checks()
        + aggregate_checks() + divergence_checks()
    ):
        suite.add_expectation(check)
    suite = context.suites.add(suite)
    layout = numbered(suite)
    put("suite.json", layout)
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("table")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    for name, frame in frames.items():
        put(f"results-{name}.json", run(suite, whole, {"dataframe": frame}, layout))

    suite = gx.ExpectationSuite(name="loan_applications_sql")
    for check in sql_checks():
        suite.add_expectation(check)
    suite = context.suites.add(suite)
    layout = numbered(suite)
    put("suite-sql.json", layout)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "tables.db"
        with sqlite3.connect(path) as database:
            for name, frame in frames.items():
                frame.to_sql(name, database, index=False)
            frames["good"][["application_id"]].to_sql("thousand", database, index=False)
            pd.read_csv(HERE / "branches.csv").to_sql("branches", database, index=False)
        tables = context.data_sources.add_sqlite("sqlite", connection_string=f"sqlite:///{path}")
        for name in frames:
            whole = tables.add_table_asset(name, table_name=name)
            whole = whole.add_batch_definition_whole_table("whole")
            put(f"results-sql-{name}.json", run(suite, whole, None, layout))


main()
