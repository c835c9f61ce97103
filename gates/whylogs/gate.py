"""Holds a whylogs profile of the rows against constraints; each constraint is a check."""

import json
import math
import os
import runpy
import sys
from pathlib import Path

os.environ["WHYLOGS_NO_ANALYTICS"] = "True"

import pandas  # noqa: E402
import whylogs  # noqa: E402
from whylogs.core.constraints import ConstraintsBuilder  # noqa: E402


def read(path):
    """The constraints of a file."""
    try:
        found = runpy.run_path(str(path)).get("constraints")
    except Exception as error:  # Whatever the user's file raises.
        sys.exit(f"the constraints of {path.name} cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    if not isinstance(found, list) or not found:
        sys.exit(f"{path.name} defines no 'constraints': write constraints = [no_missing_values(\"income\"), …]")
    other = next((it for it in found if not hasattr(it, "name")), None)
    if other is not None:
        sys.exit(f"{path.name} has a {type(other).__name__} among its constraints: take them from the factories")
    return found


def column(constraint):
    """The column of a constraint; None where it is of several, or of all rows."""
    selector = getattr(constraint, "metric_selector", None)
    return getattr(selector, "column_name", None)


def plain(value):
    """A value of the profile as JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(it) for key, it in value.items()}
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def check(constraint, view, rows):
    """One constraint as a check: whylogs' own verdict, with what the profile says of the column."""
    name, of = constraint.name, column(constraint)
    if of is not None and of not in rows:
        sys.exit(f"the constraint '{name}' is of the column '{of}', which the table does not have")
    builder = ConstraintsBuilder(dataset_profile_view=view)
    try:
        builder.add_constraint(constraint)
        (report,) = builder.build().generate_constraints_report(with_summary=True)
    except Exception as error:  # whylogs raises plain ValueErrors and what its metrics raise.
        sys.exit(f"the constraint '{name}' cannot be judged: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
    held = report.passed > 0 and report.failed == 0
    item = {"id": name, "outcome": "passed" if held else "failed", "n": len(rows)}
    item["message"] = f"{name}: {'holds' if held else 'does not hold'}"
    summary = plain(report.summary or {})
    item["evidence"] = {"summary": dict(list(summary.items())[:40]) if isinstance(summary, dict) else summary}
    if held and of is not None and rows[of].isna().all():
        return item | {
            "outcome": "inconclusive",
            "message": f"{name}: the column has no value in any row, so there was nothing to hold it against"}
    return item


def judge(ask):
    """Every constraint as a check."""
    constraints = read(Path(ask["parameters"]["constraints"]))
    rows = pandas.read_parquet(ask["tables"]["current"])
    if rows.empty:
        sys.exit("the table has no rows, so no constraint can be judged")
    names = [it.name for it in constraints]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        sys.exit(f"two constraints are called '{twice}', so neither could be told from the other: name one")
    view = whylogs.log(rows).profile().view()
    checks = [check(constraint, view, rows) for constraint in constraints]
    held = sum(it["outcome"] == "passed" for it in checks)
    return {"checks": checks, "measurements": {"success_percent": 100 * held / len(checks)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
