"""Writes suite.json, suite-sql.json and the four results-*.json: what Great Expectations finds.

    python3 -m venv venv && venv/bin/pip install -r requirements-great-expectations.txt
    venv/bin/python make_great_expectations.py

suite.json is what `ExpectationSuite.to_json_dict` gives, but for the ids: those are drawn at
random, here they are made from the place in the suite. It is run by the pandas engine on good.csv
and on bad.csv. suite-sql.json has what only SQL engines can do (LIKE, queries, another table) and
is run by the SQLite engine.

The tables are read with an empty field as the only null, `decided_at` as a date and time, and the
rest as pandas guesses: text is dtype `str`, whole numbers with a null are `float64`.

results-*.json hold for every expectation, in the suite's order, {"type", "kwargs", "meta",
"success", "unexpected_count", "element_count", "missing_count", "observed_value"}; what the package
did not tell is not there, and "exception" is its message where it could not compute.
"""

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
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from great_expectations_of_tables import (  # noqa: E402
    aggregate_checks,
    divergence_checks,
    order_checks,
    sql_checks,
)
from great_expectations_of_values import (  # noqa: E402
    presence_checks,
    table_checks,
    text_checks,
    value_checks,
)

HERE = pathlib.Path(__file__).parent


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


if __name__ == "__main__":
    main()
