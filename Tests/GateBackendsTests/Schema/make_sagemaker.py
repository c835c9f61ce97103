"""Writes constraints.json: what SageMaker Model Monitor's baseline would say of good.csv.

    python3 make_sagemaker.py

Not run by Amazon's container, which is no package one can install: the layout is the documented one
("Schema for Constraints", version 0), and each figure is taken from good.csv by the documented
meaning. inferred_type: every value is a whole number, a decimal number, or there is other text;
Unknown without a value. completeness: the share of rows that are not null. is_non_negative: for
numbers. domains: the values in the order of their code points, for text of at most 10 values, which
is this file's choice (the documentation says "for small cardinality"). `is_joint` is text there:
the documented types have no truth value.
"""

import csv
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
SMALL = 10


def kind(values):
    """The documented type of a column's values."""
    if not values:
        return "Unknown"
    if all(re.fullmatch(r"-?\d+", value) for value in values):
        return "Integral"
    return "Fractional" if all(re.fullmatch(r"-?\d+(\.\d+)?", v) for v in values) else "String"


def feature(name, column):
    """A column's constraints."""
    values = [value for value in column if value]
    said = {"name": name, "inferred_type": kind(values), "completeness": len(values) / len(column)}
    if said["inferred_type"] in ("Integral", "Fractional"):
        said["num_constraints"] = {"is_non_negative": min(map(float, values)) >= 0}
    if said["inferred_type"] == "String" and len(set(values)) <= SMALL:
        said["string_constraints"] = {"domains": sorted(set(values))}
    if name == "region":
        said["monitoringConfigOverrides"] = {"domain_content_threshold": 0.99}
    return said


def main():
    """Reads good.csv and writes its constraints."""
    with open(HERE / "good.csv", encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    constraints = {
        "version": 0,
        "features": [feature(name, column) for name, column in zip(head, zip(*rows))],
        "monitoring_config": {
            "evaluate_constraints": "Enabled",
            "emit_metrics": "Enabled",
            "datatype_check_threshold": 0.9,
            "domain_content_threshold": 0.9,
            "distribution_constraints": {
                "perform_comparison": "Enabled",
                "comparison_threshold": 0.1,
                "comparison_method": "Robust",
                "categorical_comparison_threshold": 0.1,
                "categorical_drift_method": "LInfinity",
            },
        },
    }
    text = json.dumps(constraints, indent=2, ensure_ascii=False)
    (HERE / "constraints.json").write_text(text + "\n", encoding="utf-8")


main()
