"""Runs a Great Expectations suite on the rows; each expectation is a check."""

import json
import logging
import math
import os
import sys
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"
logging.disable(logging.CRITICAL)

import great_expectations  # noqa: E402
import pandas  # noqa: E402

KEPT = (
    "observed_value", "element_count", "missing_count", "unexpected_count", "unexpected_percent",
    "partial_unexpected_list", "details")


def read(path):
    """The suite of a file; refuses one that expects nothing, or what this version does not know."""
    try:
        written = json.loads(path.read_text())
        expectations = [
            {key: it[key] for key in ("type", "kwargs", "meta", "severity", "notes") if it.get(key) is not None}
            for it in written["expectations"]
        ]
        suite = great_expectations.ExpectationSuite(name=written.get("name") or path.stem, expectations=expectations)
    except ValueError as error:
        sys.exit(f"the suite {path.name} cannot be read: {' '.join(str(error).split())[:500]}")
    except (KeyError, TypeError, AttributeError):
        sys.exit(f"{path.name} is no suite of Great Expectations 1: it has no 'expectations' with 'type' and 'kwargs'")
    except Exception as error:  # Great Expectations has a type of its own for every kind of mistake.
        sys.exit(f"the suite {path.name} cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    known = [it.expectation_type for it in suite.expectations]
    dropped = next((it["type"] for it in expectations if it["type"] not in known), None)
    if dropped or len(known) != len(expectations):  # Great Expectations leaves out what it does not take, and says so in its log.
        sys.exit(f"the suite {path.name} has an expectation that Great Expectations does not take: {dropped or 'one of a type twice'}")
    if not suite.expectations:
        sys.exit(f"the suite {path.name} expects nothing, so nothing would be judged")
    return suite


def validate(rows, suite):
    """Great Expectations' own results, one for each expectation."""
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("rows").get_batch({"dataframe": rows})
    return batch.validate(suite, result_format="SUMMARY").to_json_dict()["results"]


def plain(value):
    """A value as JSON has it: lists are cut, and what is not finite is a text."""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, dict):
        return {str(key): plain(it) for key, it in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(it) for it in value[:5]]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def name(result, taken):
    """An id that is the same in every run: the expectation and its columns."""
    kwargs = result["expectation_config"]["kwargs"]
    columns = kwargs.get("column") or kwargs.get("column_list") or [
        kwargs[key] for key in ("column_A", "column_B") if kwargs.get(key)]
    columns = columns if isinstance(columns, str) else ", ".join(map(str, columns))
    own = result["expectation_config"]["type"] + (f"({columns})" if columns else "")
    taken[own] = taken.get(own, 0) + 1
    return own if taken[own] == 1 else f"{own} ({taken[own]})"


def check(result, taken):
    """One expectation as a check; one that could not be evaluated ends the run."""
    own, found, kwargs = name(result, taken), result["result"], result["expectation_config"]["kwargs"]
    raised = result.get("exception_info") or {}
    for info in [raised, *(it for it in raised.values() if isinstance(it, dict))]:
        if info.get("raised_exception"):
            sys.exit(f"{own} cannot be evaluated: {' '.join(str(info.get('exception_message')).split())[:500]}")
    kwargs = {key: it for key, it in kwargs.items() if key != "batch_id"}
    item = {"id": own, "outcome": "passed" if result["success"] else "failed", "n": found.get("element_count")}
    item["evidence"] = {"kwargs": plain(kwargs), "result": plain({key: found[key] for key in KEPT if key in found})}
    count, rows = found.get("unexpected_count"), found.get("element_count")
    if count is not None:
        item["value"] = count
        words = f"{count} of {rows - (found.get('missing_count') or 0)} values are not as expected"
        examples = [json.dumps(plain(it)) for it in found.get("partial_unexpected_list", [])[:3]]
        words += f", such as {', '.join(examples)}" if count and examples else ""
    else:
        observed = found.get("observed_value")
        words = f"observed {json.dumps(plain(observed))[:200]}" if observed is not None else item["outcome"]
    item["message"] = f"{own}: {words}"
    if result["success"] and rows and found.get("missing_count") == rows:
        return item | {
            "outcome": "inconclusive",
            "message": f"{own}: all {rows} values are missing, so there was nothing to hold it against"}
    return item


def judge(ask):
    """Every expectation as a check."""
    suite = read(Path(ask["parameters"]["suite"]))
    rows = pandas.read_parquet(ask["tables"]["current"])
    if rows.empty:
        sys.exit("the table has no rows, so no expectation can be judged")
    taken = {}
    checks = [check(result, taken) for result in validate(rows, suite)]
    if len(checks) != len(suite.expectations):
        sys.exit(f"Great Expectations answered {len(checks)} of {len(suite.expectations)} expectations")
    held = sum(it["outcome"] == "passed" for it in checks)
    return {"checks": checks, "measurements": {"success_percent": 100 * held / len(checks)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
