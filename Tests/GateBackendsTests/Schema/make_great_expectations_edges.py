"""Writes edges.json: what Great Expectations 1.x answers where a definition is easily got wrong.

    venv/bin/python make_great_expectations_edges.py      (as make_great_expectations.py)

A list of cases {"case", "columns", "type", "kwargs", ...results as in results-good.json}. "columns"
holds the table, a list for each column; null is null, and the types are JSON's but for "floats",
the columns that are `float64` (as pandas makes of whole numbers with a null), and infinities, which
are the texts "Infinity" and "-Infinity" there. Text columns are dtype `str`.
"""

import json
import os
import pathlib
import warnings

os.environ["GX_ANALYTICS_ENABLED"] = "False"
warnings.filterwarnings("ignore")

import great_expectations as gx  # noqa: E402
import pandas as pd  # noqa: E402
from great_expectations.expectations.expectation_configuration import (  # noqa: E402
    ExpectationConfiguration,
)
from make_great_expectations import plain, told  # noqa: E402

HERE = pathlib.Path(__file__).parent
NONE, INF = [None, None, None], float("inf")
HALVES = {"values": ["a", "b"], "weights": [0.5, 0.5]}
BINS = {"bins": [0, 1, 2], "weights": [0.5, 0.5]}


def column(kind, values, **kwargs):
    """A case with one column, x."""
    return kind, {"x": values}, {"column": "x", **kwargs}


def condition(operator, parameter):
    """A row condition on column c, as 1.x serialises it."""
    return {"type": "comparison", "column": {"name": "c"}, "operator": operator,
            "parameter": parameter}


def null_cases():
    """Columns without a value, tables without a row, a single row."""
    between = {"min_value": 0, "max_value": 10}
    quantile = {"quantile_ranges": {"quantiles": [0.5], "value_ranges": [[None, None]]}}
    for name, values in (("all null", NONE), ("no rows", []), ("one row", [3.0])):
        for kind, kwargs in (
            ("values_to_not_be_null", {}), ("values_to_be_null", {}), ("values_to_be_unique", {}),
            ("values_to_be_in_set", {"value_set": [1]}), ("values_to_be_between", between),
            ("values_to_be_increasing", {"strictly": True}),
            ("value_z_scores_to_be_less_than", {"threshold": 1, "double_sided": True}),
            ("values_to_not_be_outliers", {}), ("mean_to_be_between", between),
            ("median_to_be_between", between), ("min_to_be_between", between),
            ("max_to_be_between", between), ("sum_to_be_between", between),
            ("stdev_to_be_between", between), ("unique_value_count_to_be_between", between),
            ("proportion_of_unique_values_to_be_between", between),
            ("proportion_of_non_null_values_to_be_between", between),
            ("quantile_values_to_be_between", quantile),
            ("most_common_value_to_be_in_set", {"value_set": [3.0]}),
            ("distinct_values_to_be_in_set", {"value_set": [3.0]}),
            ("distinct_values_to_equal_set", {"value_set": [3.0]}),
            ("distinct_values_to_contain_set", {"value_set": [3.0]}),
            ("kl_divergence_to_be_less_than", {"partition_object": BINS, "threshold": 9}),
        ):
            yield name, *column(f"expect_column_{kind}", values, **kwargs)


def share_cases():
    """Where `mostly` passes."""
    kind = "expect_column_values_to_be_in_set"
    yield "9 of 10, 0.9", *column(kind, [1] * 9 + [2], value_set=[1], mostly=0.9)
    yield "7 of 10, 0.7", *column(kind, [1] * 7 + [2] * 3, value_set=[1], mostly=0.7)
    yield "2 of 3", *column(kind, [1, 1, 2], value_set=[1], mostly=2 / 3)
    yield "0.58 of 100", *column(kind, [1] * 58 + [2] * 42, value_set=[1], mostly=0.58)
    yield "nulls leave the share", *column(kind, [1, None, None, 2], value_set=[1], mostly=0.5)
    kind = "expect_column_values_to_not_be_null"
    yield "nulls are the share", *column(kind, [1, None, None, 2], mostly=0.5)


def set_cases():
    """Sets: types of their values."""
    kind = "expect_column_values_to_be_in_set"
    yield "numbers, set of text", *column(kind, [1, 2], value_set=["1", "2"])
    yield "text, set of numbers", *column(kind, ["1", "2"], value_set=[1, 2])
    yield "float, set of whole", *column(kind, [1.0, None, 2.0], value_set=[1, 2])
    yield "truth, set of whole", *column(kind, [True, False], value_set=[0, 1])
    yield "whole, set of truth", *column(kind, [0, 1], value_set=[True, False])
    yield "sum of floats", *column(kind, [0.1 + 0.2], value_set=[0.3])
    yield "empty set", *column(kind, [1, None], value_set=[])
    yield "a set with null", *column(kind, ["a", None], value_set=["a", None])
    kind = "expect_column_values_to_not_be_in_set"
    yield "a forbidden null", *column(kind, ["a", None], value_set=[None])
    kind = "expect_column_distinct_values_to_equal_set"
    yield "numbers, set of text", *column(kind, [1, 2], value_set=["1", "2"])
    yield "null is no value", *column(kind, ["a", None], value_set=["a"])
    kind = "expect_column_most_common_value_to_be_in_set"
    yield "null is not common", *column(kind, ["a", None, None], value_set=["a"])
    yield "tie, both allowed", *column(kind, ["a", "b"], value_set=["a", "b"])
    yield "tie, one allowed", *column(kind, ["a", "b"], value_set=["a"], ties_okay=True)
    yield "tie, none allowed", *column(kind, ["a", "b"], value_set=["c"], ties_okay=True)


def text_cases():
    """Text: what is searched, what counts as a character, what parses."""
    kind = "expect_column_values_to_match_regex"
    yield "whole numbers", *column(kind, [1, 20], regex=r"^\d+$")
    yield "whole numbers with a null", *column(kind, [1, None, 20], regex=r"^\d+$")
    yield "searched, not anchored", *column(kind, ["xay", "b"], regex="a")
    yield "letters of other scripts", *column(kind, ["ö", "Ж", "é", "_"], regex=r"^\w$")
    yield "digits of other scripts", *column(kind, ["1", "٣"], regex=r"^\d$")
    yield "a dollar before a newline", *column(kind, ["a\n", "a", "a\n\n"], regex=r"a$")
    yield "a dot and a newline", *column(kind, ["a\nb", "a b"], regex=r"a.b")
    yield "lookahead", *column(kind, ["ab", "ac"], regex=r"a(?=b)")
    yield "back reference", *column(kind, ["aa", "ab"], regex=r"(.)\1")
    yield "empty text", *column(kind, ["", "a"], regex=r"^$")
    yield "truth", *column(kind, [True, False], regex=r"^(True|False)$")
    kind = "expect_column_value_lengths_to_equal"
    yield "code points", *column(kind, ["é", "👩‍👩‍👧", "日本"], value=1)
    yield "of numbers", *column(kind, [100, 20], value=3)
    yield "of numbers with a null", *column(kind, [100, None], value=5)
    kind = "expect_column_values_to_match_strftime_format"
    days = ["01/02/2025", "1/2/2025", "01/02/2025 ", "31/02/2025", "01/02/25"]
    yield "how strict", *column(kind, days, strftime_format="%d/%m/%Y")
    kind = "expect_column_values_to_be_dateutil_parseable"
    days = ["2025-01-01", "1", "Jan", "10:30", "", "2025-13-01", "20250101", "x", "99999999"]
    yield "how lenient", *column(kind, days)
    kind = "expect_column_values_to_be_json_parseable"
    texts = ["1", "NaN", "Infinity", '{"a":1,"a":2}', "[1,]", "", " 1 ", "'a'", "\ufeff1"]
    yield "how lenient", *column(kind, texts)
    kind = "expect_column_values_to_match_json_schema"
    whole = {"type": "integer"}
    yield "1.0 is whole", *column(kind, ["1", "1.0", "1.5", "true"], json_schema=whole)
    yield "not JSON", *column(kind, ["1", "x"], json_schema=whole)


def order_cases():
    """Order and ties; outliers."""
    kind = "expect_column_values_to_be_increasing"
    yield "ties", *column(kind, [1, 1, 2])
    yield "ties, strictly", *column(kind, [1, 1, 2], strictly=True)
    yield "across a null", *column(kind, [2, None, 1, 3])
    yield "one fall is one row", *column(kind, [1, 5, 2, 3, 4])
    yield "text", *column(kind, ["a", "b"])
    kind = "expect_column_values_to_be_between"
    yield "bounds", *column(kind, [1.0, 2.0, 3.0], min_value=1, max_value=3)
    yield "strict bounds", *column(
        kind, [1.0, 2.0, 3.0], min_value=1, max_value=3, strict_min=True, strict_max=True)
    yield "infinities", *column(kind, [INF, -INF, 1.0], min_value=0)
    yield "truth", *column(kind, [True, False], min_value=1, max_value=1)
    yield "text", *column(kind, ["1", "2"], min_value=1, max_value=2)
    kind = "expect_column_value_z_scores_to_be_less_than"
    tall = [0.0] * 9 + [10.0]
    yield "double sided", *column(kind, [-v for v in tall], threshold=2, double_sided=True)
    yield "single sided", *column(kind, [-v for v in tall], threshold=2, double_sided=False)
    yield "equal to the threshold", *column(kind, [0.0, 0.0, 2.0], threshold=1.1547005383792515,
                                            double_sided=True)
    yield "constant", *column(kind, [1.0, 1.0], threshold=1, double_sided=True)
    kind = "expect_column_values_to_not_be_outliers"
    yield "quartiles", *column(kind, [1, 2, 3, 4, 100], method="iqr", multiplier=1.5)
    yield "on the fence", *column(kind, [0, 1, 2, 3, 5], method="iqr", multiplier=1.0)
    yield "constant but one", *column(kind, [1, 1, 1, 1, 2], method="iqr", multiplier=1.5)
    yield "deviations", *column(kind, tall, method="std", multiplier=2.0)


def figure_cases():
    """Aggregates: interpolation, degrees of freedom, bins."""
    everything = {"quantiles": [0, 0.3, 0.375, 0.625, 1], "value_ranges": [[None, None]] * 5}
    for way in (False, "linear", "lower", "higher", "midpoint", "nearest"):
        yield f"quantiles, {way}", *column(
            "expect_column_quantile_values_to_be_between", [4, 1, None, 3, 2, 10],
            quantile_ranges=everything, allow_relative_error=way)
    ordinary = {"quantiles": [0.5], "value_ranges": [[3, 3]]}
    kind = "expect_column_quantile_values_to_be_between"
    yield "quantiles, bounds are inclusive", *column(kind, [1, 3, 9], quantile_ranges=ordinary)
    for bound in (3.0001, 3.0002, 3.001):
        near = {"quantiles": [0.5], "value_ranges": [[bound, 9]]}
        yield f"quantiles, 3 against {bound}", *column(kind, [1, 3, 9], quantile_ranges=near)
    wide = {"min_value": -100, "max_value": 100}
    yield "of an even number", *column("expect_column_median_to_be_between", [1, 2, 5, 4], **wide)
    yield "n - 1", *column("expect_column_stdev_to_be_between", [1, 2, 3, 4], **wide)
    yield "nulls left out", *column("expect_column_mean_to_be_between", [1, None, 3], **wide)
    yield "of truth", *column("expect_column_sum_to_be_between", [True, True, False], **wide)
    yield "distinct of not null", *column(
        "expect_column_proportion_of_unique_values_to_be_between", [1, 1, 2, None], **wide)
    kind = "expect_column_kl_divergence_to_be_less_than"
    yield "categories", *column(kind, ["a", "a", "b", None], partition_object=HALVES, threshold=9)
    yield "unseen category", *column(kind, ["a", "c"], partition_object=HALVES, threshold=9)
    yield "unseen, held out", *column(
        kind, ["a", "c"], partition_object=HALVES, threshold=9, tail_weight_holdout=0.1)
    yield "absent category", *column(kind, ["a", "a"], partition_object=HALVES, threshold=9)
    yield "edges of bins", *column(kind, [0, 1, 2, 2], partition_object=BINS, threshold=9)
    yield "outside the bins", *column(kind, [0, 1, 5], partition_object=BINS, threshold=9)
    yield "outside, held out", *column(
        kind, [0, 1, 5, -1], partition_object=BINS, threshold=9, tail_weight_holdout=0.2)
    yield "empty bin, held out", *column(
        kind, [0, 1], partition_object={"bins": [0, 1, 2], "weights": [1.0, 0.0]}, threshold=9,
        internal_weight_holdout=0.1)


def wide_cases():
    """Several columns; row conditions."""
    pair = {"a": ["x", None, None, "y"], "b": ["x", None, "z", None]}
    both = {"column_A": "a", "column_B": "b"}
    for way in ("both_values_are_missing", "either_value_is_missing", "neither"):
        yield way, "expect_column_pair_values_to_be_equal", pair, {**both, "ignore_row_if": way}
        yield (way, "expect_column_pair_values_to_be_in_set", pair,
               {**both, "ignore_row_if": way, "value_pairs_set": [["x", "x"], [None, "z"]]})
    numbers = {"a": [2, None, None, 1], "b": [1, None, 1, None]}
    for way in ("both_values_are_missing", "either_value_is_missing", "neither"):
        yield (way, "expect_column_pair_values_a_to_be_greater_than_b", numbers,
               {**both, "ignore_row_if": way})
    text = {"a": ["10", "b"], "b": ["9", "a"]}
    yield "text", "expect_column_pair_values_a_to_be_greater_than_b", text, both
    rows = {"a": [1, 1, 2, None, None], "b": [None, None, 2, None, None]}
    for way in ("all_values_are_missing", "any_value_is_missing", "never"):
        listed = {"column_list": ["a", "b"], "ignore_row_if": way}
        yield way, "expect_compound_columns_to_be_unique", rows, listed
        yield way, "expect_select_column_values_to_be_unique_within_record", rows, listed
        yield way, "expect_multicolumn_sum_to_equal", rows, {**listed, "sum_total": 4}
        yield way, "expect_multicolumn_values_to_be_equal", rows, listed
    table = {"x": [-1, -1, -1], "c": [1, 2, None]}
    kind = "expect_column_values_to_be_between"
    for operator, parameter in (("==", 1), ("!=", 1), (">", 1), ("IN", [1]), ("NOT_IN", [1])):
        where = {"column": "x", "min_value": 0, "row_condition": condition(operator, parameter)}
        yield f"rows where c {operator} {parameter}", kind, table, where


def table_cases():
    """Columns of a table and their places."""
    table = {"a": [1], "b": [2]}
    kind = "expect_column_to_exist"
    yield "in place", kind, table, {"column": "b", "column_index": 1}
    yield "out of place", kind, table, {"column": "a", "column_index": 1}
    yield "out of the first place", kind, table, {"column": "b", "column_index": 0}
    yield "out of all places", kind, table, {"column": "b", "column_index": 7}
    yield "in another case", kind, table, {"column": "A"}
    kind = "expect_table_columns_to_match_set"
    for exact in (True, False):
        for names in (["b", "a"], ["a"], ["a", "b", "c"], ["a", "a", "b"]):
            yield (f"set {'-'.join(names)}, {exact}", kind, table,
                   {"column_set": names, "exact_match": exact})
    kind = "expect_table_columns_to_match_ordered_list"
    for names in (["a", "b"], ["b", "a"], ["a"]):
        yield f"list {'-'.join(names)}", kind, table, {"column_list": names}
    kind = "expect_table_row_count_to_be_between"
    yield "strict", kind, table, {"min_value": 1, "max_value": 2, "strict_min": True}
    yield "no such column", "expect_column_values_to_not_be_null", table, {"column": "z"}


def mixed_cases():
    """Text beside numbers, and expectations that ask for nothing."""
    text, numbers = ["a", "7", "007", None], [7, 8, None]
    for kind in ("values_to_be_in_set", "values_to_not_be_in_set", "distinct_values_to_be_in_set",
                 "distinct_values_to_contain_set", "distinct_values_to_equal_set",
                 "most_common_value_to_be_in_set"):
        kind = f"expect_column_{kind}"
        yield "text, mixed set", *column(kind, text, value_set=[7, "a", "007"])
        yield "numbers, mixed set", *column(kind, numbers, value_set=["7", 8, "a"])
        yield "text that says true", *column(kind, ["True", "x"], value_set=[True, "x"])
    both = {"column_A": "a", "column_B": "b"}
    table = {"a": ["7", "b", None], "b": [7, 8, None]}
    yield "a text and a number", "expect_column_pair_values_to_be_equal", table, both
    pairs = [["7", 7], ["b", "8"], [7, 7]]
    yield ("pairs of both", "expect_column_pair_values_to_be_in_set", table,
           {**both, "value_pairs_set": pairs})
    listed = {"column_list": ["a", "b"]}
    kind = "expect_select_column_values_to_be_unique_within_record"
    yield "a text and a number", kind, table, listed
    yield "a text and a number", "expect_multicolumn_values_to_be_equal", table, listed
    for kind in ("mean", "median", "sum", "stdev", "min", "max", "unique_value_count",
                 "proportion_of_unique_values"):
        yield "no bound", *column(f"expect_column_{kind}_to_be_between", [1, 2, 4])
    yield "no bound", "expect_table_row_count_to_be_between", table, {}
    kind = "expect_column_values_to_match_json_schema"
    shapes = ['"ab"', '"ba"', "7", '{"k": "ab"}', '{"k": "xb"}', '"2026-02-30"']
    for name, schema in (("a pattern", {"pattern": "^a"}), ("no pattern", {"not": {"pattern": "b"}}),
                         ("a form", {"format": "date"}),
                         ("within", {"properties": {"k": {"pattern": "^a"}}})):
        yield name, *column(kind, shapes, json_schema=schema)


def run(context, case):
    """One case with its result."""
    name, kind, columns, kwargs = case
    frame = pd.DataFrame({
        key: pd.Series(values, dtype="float64" if set(values) <= {None} else None)
        for key, values in columns.items()
    })
    source = context.data_sources.add_or_update_pandas("pandas")
    batch = source.add_dataframe_asset("t").add_batch_definition_whole_dataframe("w").get_batch(
        batch_parameters={"dataframe": frame})
    expectation = ExpectationConfiguration(type=kind, kwargs=kwargs).to_domain_obj()
    result = batch.validate(expectation, result_format="SUMMARY")
    said = told(result, {"type": kind, "kwargs": kwargs})
    shown = {
        key: [str(v).replace("inf", "Infinity") if v in (INF, -INF) else v for v in values]
        for key, values in columns.items()
    }
    floats = [key for key in columns if frame[key].dtype == "float64"]
    return {"case": name, "columns": shown, **({"floats": floats} if floats else {}), **plain(said)}


def main():
    """Runs every case and writes them, one a line."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    lines = [
        json.dumps(run(context, case), ensure_ascii=False, allow_nan=False)
        for group in (null_cases, share_cases, set_cases, text_cases, order_cases, figure_cases,
                      wide_cases, table_cases, mixed_cases)
        for case in group()
    ]
    (HERE / "edges.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


main()
