"""The expectations of suite.json, for make_great_expectations.py."""

import datetime
import pathlib

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

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
