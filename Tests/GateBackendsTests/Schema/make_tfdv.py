"""Writes schema.pbtxt, schema-inferred.pbtxt, anomalies-good.json and anomalies-bad.json: TFDV's.

    python3 -m venv venv && venv/bin/pip install uv
    venv/bin/uv pip install -r requirements-tfdv.txt
    venv/bin/python make_tfdv.py

schema-inferred.pbtxt is what `infer_schema` says of good.csv; schema.pbtxt is the same after the
edits of `edit`, such as a person makes, both by `write_schema_text`. The anomalies are those of
`validate_statistics`, four times a table: "training" (environment TRAINING), "serving" (environment
SERVING, the table without its label), "no_environment", and "drift" (against good.csv's statistics
as the previous span's and as the serving data's). Each is a list of {"feature", "severity",
"reasons": [{"type", "short", "description"}]}; "drift" has "measurements" too, one for each
comparator.

The table is read with an empty field as the only null; `is_joint`, `applied_on` and `decided_at` as
text. `legacy_code`, which is all null, is read as text: pandas would guess a float.
"""

import json
import os
import pathlib
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
import tensorflow_data_validation as tfdv  # noqa: E402
from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2  # noqa: E402

HERE = pathlib.Path(__file__).parent
TEXT = ["is_joint", "legacy_code", "service"]


def statistics(name, drop=()):
    """The statistics TFDV makes of a table."""
    types = {column: str for column in TEXT}
    frame = pd.read_csv(HERE / f"{name}.csv", keep_default_na=False, na_values=[""], dtype=types)
    return tfdv.generate_statistics_from_dataframe(frame.drop(columns=list(drop)), n_jobs=1)


def edit(schema):
    """What a person changes in an inferred schema before it is committed."""

    def feature(name):
        return tfdv.get_feature(schema, name)

    schema.default_environment.extend(["TRAINING", "SERVING"])
    feature("defaulted").not_in_environment.append("SERVING")
    feature("defaulted").int_domain.CopyFrom(
        schema_pb2.IntDomain(name="defaulted", min=0, max=1, is_categorical=True)
    )
    # Bounds that even good.csv breaks: of these stages TFDV checks BETA and PRODUCTION alone.
    for name, stage in (
        ("queue", schema_pb2.DEPRECATED),
        ("open_accounts", schema_pb2.DEBUG_ONLY),
        ("total_accounts", schema_pb2.ALPHA),
        ("pct_secured", schema_pb2.PLANNED),
        ("pct_unsecured", schema_pb2.DISABLED),
    ):
        feature(name).lifecycle_stage = stage
        tfdv.set_domain(schema, name, schema_pb2.IntDomain(min=1000, max=1001))
    feature("amount_requested").deprecated = True
    tfdv.set_domain(schema, "amount_requested", schema_pb2.IntDomain(min=0, max=1))
    feature("amount").lifecycle_stage = schema_pb2.PRODUCTION
    feature("fico").lifecycle_stage = schema_pb2.BETA
    tfdv.set_domain(schema, "amount", schema_pb2.IntDomain(name="amount", min=1000, max=40000))
    tfdv.set_domain(schema, "fico", schema_pb2.IntDomain(min=480, max=850))
    tfdv.set_domain(schema, "term_months", schema_pb2.IntDomain(min=36, max=60))
    tfdv.set_domain(schema, "rate", schema_pb2.FloatDomain(min=0.0, max=25.0))
    tfdv.set_domain(schema, "dti", schema_pb2.FloatDomain(min=0.0, max=45.0, disallow_nan=True))
    tfdv.set_domain(schema, "income", schema_pb2.FloatDomain(min=0.0, disallow_inf=True))
    regions = ["North", "South", "East", "West", "Midlands"]
    tfdv.set_domain(schema, "region", schema_pb2.StringDomain(name="region", value=regions))
    feature("region").distribution_constraints.min_domain_mass = 0.99
    feature("purpose").distribution_constraints.min_domain_mass = 0.95
    feature("email").presence.min_fraction = 0.9
    feature("email").presence.min_count = 100
    feature("income").presence.min_fraction = 0.85
    feature("purpose").presence.min_fraction = 0.9
    feature("purpose").presence.min_count = 1
    feature("co_income").presence.min_count = 1
    feature("third_contact").value_count.CopyFrom(schema_pb2.ValueCount(min=1, max=1))
    feature("branch").unique_constraints.CopyFrom(schema_pb2.UniqueConstraints(min=1, max=12))
    feature("reference").unique_constraints.CopyFrom(
        schema_pb2.UniqueConstraints(min=1000, max=1000)
    )
    feature("grade").drift_comparator.infinity_norm.threshold = 0.01
    feature("region").skew_comparator.infinity_norm.threshold = 0.001
    feature("purpose").drift_comparator.normalized_abs_difference.threshold = 0.02
    feature("fico").drift_comparator.jensen_shannon_divergence.threshold = 0.005
    feature("income").skew_comparator.jensen_shannon_divergence.threshold = 0.001
    schema.dataset_constraints.min_examples_count = 900
    schema.dataset_constraints.max_examples_count = 1049
    schema.dataset_constraints.num_examples_drift_comparator.min_fraction_threshold = 0.9
    schema.dataset_constraints.num_examples_drift_comparator.max_fraction_threshold = 1.04


def reason(one):
    """A reason of an anomaly."""
    name = anomalies_pb2.AnomalyInfo.Type.Name(one.type)
    return {"type": name, "short": one.short_description, "description": one.description}


def listed(anomalies):
    """Anomalies in order of their features' names, and what the comparators measured."""
    found = [
        {
            "feature": name,
            "severity": anomalies_pb2.AnomalyInfo.Severity.Name(info.severity),
            "reasons": [reason(one) for one in info.reason],
        }
        for name, info in sorted(anomalies.anomaly_info.items())
    ]
    for one in anomalies.dataset_anomaly_info.reason:
        found.append({
            "feature": None,
            "severity": anomalies_pb2.AnomalyInfo.Severity.Name(
                anomalies.dataset_anomaly_info.severity
            ),
            "reasons": [reason(one)],
        })
    return found


def measured(anomalies):
    """What the drift and skew comparators measured."""
    kinds = anomalies_pb2.DriftSkewInfo.Measurement.Type.Name
    return [
        {"feature": info.path.step[0], "comparator": name, "type": kinds(one.type),
         "value": one.value, "threshold": one.threshold}
        for info in sorted(anomalies.drift_skew_info, key=lambda info: info.path.step[0])
        for name, ones in (("drift", info.drift_measurements), ("skew", info.skew_measurements))
        for one in ones
    ]


def main():
    """Infers and edits the schema, validates both tables and writes all four files."""
    reference = statistics("good")
    schema = tfdv.infer_schema(reference, infer_feature_shape=False)
    tfdv.write_schema_text(schema, str(HERE / "schema-inferred.pbtxt"))
    edit(schema)
    tfdv.write_schema_text(schema, str(HERE / "schema.pbtxt"))
    for name in ("good", "bad"):
        found, unlabelled = statistics(name), statistics(name, ["defaulted"])
        drift = tfdv.validate_statistics(
            found, schema, environment="TRAINING", previous_statistics=reference,
            serving_statistics=reference,
        )
        training = tfdv.validate_statistics(found, schema, environment="TRAINING")
        serving = tfdv.validate_statistics(unlabelled, schema, environment="SERVING")
        everywhere = tfdv.validate_statistics(unlabelled, schema)
        told = {
            "training": listed(training),
            "serving": listed(serving),
            "no_environment": listed(everywhere),
            "drift": listed(drift),
            "measurements": measured(drift),
        }
        path = HERE / f"anomalies-{name}.json"
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


main()
