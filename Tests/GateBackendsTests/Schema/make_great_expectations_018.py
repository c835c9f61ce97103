"""Writes suite-0.18.json and results-0.18-good.json, -bad.json: what 0.18 of GX finds.

    python3 -m venv venv && venv/bin/pip install -r requirements-great-expectations-0.18.txt
    venv/bin/python make_great_expectations_018.py

The expectations are those of suite.json that 0.18 has, with row conditions as the texts 0.18 wants,
and what only 0.18 takes: `parse_strings_as_datetimes` and dates that are text. The suite is made by
`append_expectation` and serialised by `to_json_dict` of the real package, with its own names and
layout, and run by its validator. Fields of the results as in make_great_expectations.py. The tables
are read as there, but under pandas 2: text is dtype `object`.
"""

import json
import os
import pathlib
import warnings

os.environ["GE_USAGE_STATS"] = "False"
warnings.filterwarnings("ignore")

import great_expectations as gx  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from great_expectations.core import ExpectationConfiguration, ExpectationSuite  # noqa: E402

HERE = pathlib.Path(__file__).parent
ABSENT = {
    "expect_column_proportion_of_non_null_values_to_be_between",
    "expect_column_values_to_not_be_outliers",
    "expect_column_type_to_be",
    "expect_multicolumn_values_to_be_equal",
}
MORE = [
    ("expect_column_values_to_be_increasing",
     {"column": "applied_on", "parse_strings_as_datetimes": True, "mostly": 0.5}),
    ("expect_column_values_to_be_between",
     {"column": "applied_on", "min_value": "2025-01-01", "max_value": "2030-01-01 00:00:00",
      "parse_strings_as_datetimes": True}),
    ("expect_column_values_to_be_between",
     {"column": "applied_on", "min_value": "2025-01-01", "max_value": "2030-01-01"}),
    ("expect_column_min_to_be_between",
     {"column": "applied_on", "min_value": "2025-01-01", "max_value": "2025-01-31"}),
    ("expect_column_values_to_be_between",
     {"column": "funded", "min_value": 500, "row_condition": 'col("fico").notNull()',
      "condition_parser": "great_expectations__experimental__"}),
]


def clause(condition):
    """A row condition of 1.x as the text pandas queries by."""
    if "pass_through_filter" in condition:
        return condition["pass_through_filter"]
    if "conditions" in condition:
        return " and ".join(clause(one) for one in condition["conditions"])
    operator = {"IN": "in", "NOT_IN": "not in"}.get(condition["operator"], condition["operator"])
    return f"{condition['column']['name']} {operator} {condition['parameter']!r}"


def configurations():
    """The expectations as 0.18 takes them."""
    for one in json.loads((HERE / "suite.json").read_text(encoding="utf-8"))["expectations"]:
        if one["type"] in ABSENT:
            continue
        kwargs = dict(one["kwargs"])
        if "row_condition" in kwargs:
            kwargs["row_condition"] = clause(kwargs["row_condition"])
            kwargs["condition_parser"] = "pandas"
        for bound in ("min_value", "max_value"):
            if kwargs.get("column") == "decided_at" and bound in kwargs:
                kwargs[bound] = kwargs[bound].replace("T", " ")
        meta = {"severity": one["severity"]} if one.get("severity") else {}
        yield ExpectationConfiguration(one["type"], kwargs=kwargs, meta=meta)
    for kind, kwargs in MORE:
        yield ExpectationConfiguration(kind, kwargs=kwargs, meta={"notes": "0.18 only"})


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and value != value:
        return None
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def told(result):
    """What a result says, without ids, times and samples."""
    config = result.expectation_config
    exceptions = result.exception_info or {}
    if "raised_exception" not in exceptions:
        exceptions = next(iter(exceptions.values()), {})
    kwargs = {key: value for key, value in config.kwargs.items() if key != "batch_id"}
    said = {"type": config.expectation_type, "kwargs": plain(kwargs)}
    said["success"] = bool(result.success)
    for key in ("unexpected_count", "element_count", "missing_count", "observed_value"):
        if key in result.result:
            said[key] = plain(result.result[key])
    if exceptions.get("raised_exception"):
        said["exception"] = str(exceptions["exception_message"]).splitlines()[0]
    return said


def signature(config):
    """What tells an expectation from the others; the validator answers in an order of its own."""
    kwargs = {key: value for key, value in config.kwargs.items() if key != "batch_id"}
    return config.expectation_type, json.dumps(plain(kwargs), sort_keys=True)


def put(name, rows, **rest):
    """Writes a list of rows, one a line, within an object where there is more to say."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    text = f"[\n{lines}\n]"
    if rest:
        head = json.dumps(rest, indent=1, sort_keys=True)
        text = f'{head[:-2]},\n "expectations": {text}\n}}'
    json.loads(text)
    (HERE / name).write_text(text + "\n", encoding="utf-8")


def main():
    """Makes the suite, runs it on both tables and writes the three files."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    suite = ExpectationSuite("loan_applications", data_context=context)
    for configuration in configurations():
        suite.append_expectation(configuration)
    layout = suite.to_json_dict()
    put("suite-0.18.json", layout.pop("expectations"), **layout)
    source = context.sources.add_pandas("pandas")
    for name in ("good", "bad"):
        path = HERE / f"{name}.csv"
        frame = pd.read_csv(path, keep_default_na=False, na_values=[""], parse_dates=["decided_at"])
        asset = source.add_dataframe_asset(name)
        request = asset.build_batch_request(dataframe=frame)
        validator = context.get_validator(batch_request=request, expectation_suite=suite)
        results = validator.validate(result_format="SUMMARY", catch_exceptions=True).results
        found = {}
        for result in results:
            found.setdefault(signature(result.expectation_config), []).append(told(result))
        rows = [found[signature(one)].pop(0) for one in suite.expectations]
        put(f"results-0.18-{name}.json", rows)


main()
